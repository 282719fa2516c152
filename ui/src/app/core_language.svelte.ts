import { language, type Language, type LanguageChoice } from '../messages/language.svelte'
import { tauri } from '../tauri'
import { changes } from './changes.svelte'

/** Keeps the core in the language of the screens, because they show its texts. */
class CoreLanguage {
  /** The language that the core answers in. */
  told = $state<Language | null>(null)

  constructor() {
    // `language` was created before, so it has received the same event and is up to date.
    addEventListener('languagechange', () => void this.#change())
  }

  async choose(choice: LanguageChoice) {
    language.choose(choice)
    await this.#change()
  }

  /** Tells the core and the page which language it is. */
  async tell() {
    const told = language.current
    document.documentElement.lang = told
    await tauri.setLanguage(told)
    this.told = told
  }

  /** What the core has said already, it says again. */
  async #change() {
    await this.tell()
    changes.tell()
  }
}

export const coreLanguage = new CoreLanguage()
