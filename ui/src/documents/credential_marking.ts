/** A place in a text as people count: line and column start at 1. */
export interface Place {
  line: number
  column: number
}

/** A part of a text, from `start` to before `end` in UTF-16 units, as a text area counts. */
export interface Span {
  start: number
  end: number
}

/** A piece of a text, with its mark if it has one. */
export interface Piece<Mark> {
  text: string
  mark: Mark | null
}

/**
 * What is to be marked at `place`: from there to the end of the word, quoted text or sign. At the end of a line, where
 * there is nothing to mark, it is the last character before it, so that one sees something.
 */
export function spanAt(text: string, place: Place): Span {
  const start = offsetOf(text, place)
  // Dots stand in place of hidden letters.
  const length = /^(?:"[^"\n]*"?|[\w.$+\-•]+|[^\s])/u.exec(text.slice(start))?.[0].length ?? 0
  if (length > 0) return { start, end: start + length }
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const last = text.slice(lineStart, start).trimEnd().length
  return last > 0 ? { start: lineStart + last - 1, end: lineStart + last } : { start, end: start }
}

/** Cuts `text` at the marked places; of two that overlap the one that comes first in `marks` is kept. */
export function cutAtMarks<Mark>(text: string, marks: { place: Place; mark: Mark }[]): Piece<Mark>[] {
  const spans: (Span & { mark: Mark })[] = []
  for (const { place, mark } of marks) {
    const span = spanAt(text, place)
    if (span.end > span.start && spans.every(({ start, end }) => span.end <= start || span.start >= end)) spans.push({ ...span, mark })
  }
  const pieces: Piece<Mark>[] = []
  let at = 0
  for (const { start, end, mark } of spans.sort((a, b) => a.start - b.start)) {
    if (start > at) pieces.push({ text: text.slice(at, start), mark: null })
    pieces.push({ text: text.slice(start, end), mark })
    at = end
  }
  if (at < text.length) pieces.push({ text: text.slice(at), mark: null })
  return pieces
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
