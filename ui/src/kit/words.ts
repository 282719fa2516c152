/** Whether every word of `search` occurs in one of `texts`, in any case: how the short lists are searched. */
export function containsWords(search: string, ...texts: string[]): boolean {
  const text = texts.join('\n').toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
