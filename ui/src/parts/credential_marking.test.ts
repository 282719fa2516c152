import { describe, expect, it } from 'vitest'
import { markPlace, offsetOf } from './credential_marking'

const text = '{\n  "url": "https://a.example"\n  "tokenUrl": 5\n}'

describe('the mark in the credentials box', () => {
  it('covers the quoted text that begins at the place', () => {
    expect(markPlace(text, { line: 3, column: 3 }).marked, 'here a comma is missing before').toBe('"tokenUrl"')
  })

  it('covers a number, a word or a single sign', () => {
    expect(markPlace(text, { line: 3, column: 15 }).marked).toBe('5')
    expect(markPlace(text, { line: 1, column: 1 }).marked).toBe('{')
  })

  it('shows the end of a line by its last character', () => {
    expect(markPlace(text, { line: 2, column: 29 })).toMatchObject({ marked: '"' })
    expect(markPlace('{', { line: 1, column: 2 })).toEqual({ before: '', marked: '{', after: '' })
  })

  it('leaves an empty text as it is', () => {
    expect(markPlace('', { line: 1, column: 1 })).toEqual({ before: '', marked: '', after: '' })
  })

  it('never loses or adds a character', () => {
    for (const place of [{ line: 1, column: 1 }, { line: 2, column: 40 }, { line: 9, column: 1 }]) {
      const { before, marked, after } = markPlace(text, place)
      expect(before + marked + after).toBe(text)
    }
  })

  it('counts characters, not the units of the encoding', () => {
    expect(offsetOf('"😀", x', { line: 1, column: 6 }), 'the emoji is one character to whoever reads the column').toBe(6)
  })
})
