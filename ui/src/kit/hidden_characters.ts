/** Control characters other than tab and line breaks, format characters, and what is drawn as nothing. */
const HIDDEN = /[^\P{Cc}\t\n\r]|\p{Cf}|\p{Default_Ignorable_Code_Point}/gu
/** Scripts such as Persian and Hindi, and emoji, need joiners and the emoji selector between or after their characters. */
const NEEDED = /(?<=[^\p{ASCII}\p{Script=Latin}])(?:[\u200c\u200d](?=[^\p{ASCII}\p{Script=Latin}])|\ufe0f)/gu

/**
 * Free text as it can be shown: each character that nobody sees, or that changes the order of the others, is written as
 * ⟨U+202E⟩.
 */
export function showHidden(text: string): string {
  const needed = new Set([...text.matchAll(NEEDED)].map(({ index }) => index))
  return text.replace(HIDDEN, (character, index: number) =>
    needed.has(index) ? character : `⟨U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`,
  )
}
