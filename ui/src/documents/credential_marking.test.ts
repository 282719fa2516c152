import { describe, expect, it } from 'vitest'
import { cutAtMarks, offsetOf, spanAt, type Place } from './credential_marking'

const text = '{\n  "url": "https://a.example"\n  "tokenUrl": 5\n}'
const markedAt = (of: string, place: Place) => {
  const { start, end } = spanAt(of, place)
  return of.slice(start, end)
}

describe('the mark in the credentials box', () => {
  it('covers the quoted text that begins at the place', () => {
    expect(markedAt(text, { line: 3, column: 3 }), 'here a comma is missing before').toBe('"tokenUrl"')
  })

  it('covers a number, a word or a single sign', () => {
    expect(markedAt(text, { line: 3, column: 15 })).toBe('5')
    expect(markedAt(text, { line: 1, column: 1 })).toBe('{')
  })

  it('covers the dots of a hidden value', () => {
    expect(markedAt('url: ••••••.•••', { line: 1, column: 6 })).toBe('••••••.•••')
  })

  it('shows the end of a line by its last character', () => {
    expect(markedAt(text, { line: 2, column: 29 })).toBe('"')
    expect(spanAt('{', { line: 1, column: 2 })).toEqual({ start: 0, end: 1 })
  })

  it('leaves an empty text as it is', () => {
    expect(cutAtMarks('', [{ place: { line: 1, column: 1 }, mark: 'error' }])).toEqual([])
  })

  it('counts characters, not the units of the encoding', () => {
    expect(offsetOf('"😀", x', { line: 1, column: 6 }), 'the emoji is one character to whoever reads the column').toBe(6)
  })
})

describe('several marks', () => {
  it('stand in the order of the text, whatever order they come in', () => {
    const pieces = cutAtMarks('a: 1\nb: 2', [
      { place: { line: 2, column: 1 }, mark: 'error' },
      { place: { line: 1, column: 4 }, mark: 'warning' },
    ])
    expect(pieces).toEqual([
      { text: 'a: ', mark: null },
      { text: '1', mark: 'warning' },
      { text: '\n', mark: null },
      { text: 'b', mark: 'error' },
      { text: ': 2', mark: null },
    ])
  })

  it('do not overlap: the first of them, which is the gravest, is kept', () => {
    const pieces = cutAtMarks('"url"', [
      { place: { line: 1, column: 1 }, mark: 'error' },
      { place: { line: 1, column: 2 }, mark: 'warning' },
    ])
    expect(pieces).toEqual([{ text: '"url"', mark: 'error' }])
  })

  it('never lose or add a character', () => {
    const marks = [{ line: 1, column: 1 }, { line: 2, column: 40 }, { line: 9, column: 1 }].map((place) => ({ place, mark: 'note' }))
    expect(cutAtMarks(text, marks).map((piece) => piece.text).join('')).toBe(text)
  })
})
