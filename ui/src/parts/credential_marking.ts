/** A place in a text as people count: line and column start at 1. */
export interface Place {
  line: number
  column: number
}

/** A text in three parts, of which the middle one is to be marked. */
export interface Marked {
  before: string
  marked: string
  after: string
}

/**
 * Splits `text` at `place`: what is marked begins there and goes to the end of the word, quoted text or sign. At the end
 * of a line, where there is nothing to mark, the last character before it is marked, so that one sees something.
 */
export function markPlace(text: string, place: Place): Marked {
  const start = offsetOf(text, place)
  const length = /^(?:"[^"\n]*"?|[\w.$+-]+|[^\s])/.exec(text.slice(start))?.[0].length ?? 0
  if (length > 0) return split(text, start, start + length)
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const last = text.slice(lineStart, start).trimEnd().length
  return last > 0 ? split(text, lineStart + last - 1, lineStart + last) : split(text, start, start)
}

/** The place in UTF-16 units, as the text area counts; columns count characters. */
export function offsetOf(text: string, { line, column }: Place): number {
  let lineStart = 0
  for (let n = 1; n < line; n++) {
    const next = text.indexOf('\n', lineStart)
    if (next < 0) return text.length
    lineStart = next + 1
  }
  const lineEnd = text.indexOf('\n', lineStart)
  const lineText = text.slice(lineStart, lineEnd < 0 ? undefined : lineEnd)
  return lineStart + [...lineText].slice(0, Math.max(0, column - 1)).join('').length
}

function split(text: string, start: number, end: number): Marked {
  return { before: text.slice(0, start), marked: text.slice(start, end), after: text.slice(end) }
}
