import type { VocabularyName } from '../tauri'

const known = new Map<string, VocabularyName>()

/**
 * The vocabulary in which the page of a hub or portal is drawn: the one that the core has answered, else the one that it had
 * when it was seen last. Undefined if it was never seen: then nothing is drawn yet that depends on it.
 */
export function settleVocabulary(id: string, answered: VocabularyName | undefined): VocabularyName | undefined {
  if (answered) known.set(id, answered)
  return answered ?? known.get(id)
}
