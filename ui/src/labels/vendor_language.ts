import { labels as classicDesign } from './classic_design'
import { labels as developerHub } from './developer_hub'
import { labels as newDesign } from './new_design'
import { pingone } from './pingone'

/** What the vendors call things, in English in every language. Sentences made with a name are not among them. */
const WORDS = new Set([newDesign, classicDesign, developerHub, pingone].flatMap(wordsOf))
/** German words, too, written alike. */
for (const word of ['Name', 'URL', 'Alias', 'APIs', 'OK']) WORDS.delete(word)

function wordsOf(labels: unknown): string[] {
  if (typeof labels === 'string') return [labels]
  return typeof labels === 'object' && labels !== null ? Object.values(labels).flatMap(wordsOf) : []
}

/** What of an element's text is its own: "Pending Requests (3)" is a label and a number. */
function isVendors(text: string): boolean {
  return WORDS.has(text.replace(/\s*\([\d.,’' ]*\)$/, '').trim())
}

/**
 * Says of each element below `root` that holds a vendor's word, and no other text of its own, that it is English, so that a
 * screen reader pronounces it so; until the returned function is called. The labels stand in many places, and each would
 * have to say it.
 */
export function markVendorWords(root: Element): () => void {
  const look = (text: Text) => {
    const element = text.parentElement
    if (!element || element.closest('textarea, pre')) return
    if (isVendors(text.data)) element.lang = 'en'
    else if (text.data.trim() !== '' && element.lang === 'en') element.removeAttribute('lang')
  }
  const lookBelow = (node: Node) => {
    if (node instanceof Text) return look(node)
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) look(texts.currentNode as Text)
  }
  lookBelow(root)
  const observer = new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      if (target instanceof Text) look(target)
      for (const node of addedNodes) lookBelow(node)
    }
  })
  observer.observe(root, { childList: true, characterData: true, subtree: true })
  return () => {
    observer.disconnect()
    for (const marked of root.querySelectorAll('[lang=en]')) marked.removeAttribute('lang')
  }
}
