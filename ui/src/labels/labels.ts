import type { VocabularyName } from '../tauri'
import { labels as classicDesign } from './classic_design'
import { labels as developerHub } from './developer_hub'
import { labels as newDesign } from './new_design'
import type { Labels } from './vocabulary'

const ALL: Record<VocabularyName, Labels> = { newDesign, classicDesign, developerHub }

/** In the order of the menu. */
export const VOCABULARIES = Object.keys(ALL) as VocabularyName[]

/** The labels of a vocabulary; those of the first one until it is known which one it is. */
export function labelsOf(vocabulary: VocabularyName | undefined): Labels {
  return ALL[vocabulary ?? 'newDesign']
}
