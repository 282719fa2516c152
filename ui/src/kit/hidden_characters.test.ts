import { describe, expect, it } from 'vitest'
import { showHidden } from './hidden_characters'

describe('free text', () => {
  it.each([
    ['please ap\u202eprove', 'please ap⟨U+202E⟩prove'],
    ['Sa\u200bles', 'Sa⟨U+200B⟩les'],
    ['a\u001b[2Jb\u0000', 'a⟨U+001B⟩[2Jb⟨U+0000⟩'],
    ['Sa\u200dles', 'Sa⟨U+200D⟩les'],
    ['\u{e0041}', '⟨U+E0041⟩'],
  ])('%j is shown harmlessly', (text, shown) => {
    expect(showHidden(text)).toBe(shown)
  })

  it.each(['two\nlines\tand a tab', 'Größe', 'می\u200cخواهم', 'क्\u200dष', 'Team \u{1f469}\u200d\u{1f4bb}', '\u2764\ufe0f', 'العربية'])(
    '%j needs no mark',
    (text) => {
      expect(showHidden(text)).toBe(text)
    },
  )
})
