import { FluentBundle, FluentResource } from '@fluent/bundle'
import type { Messages } from './ids'

export type Language = 'en' | 'de'
/** What the person chose in the language menu: to follow the system, or one language for good. */
export type LanguageChoice = 'system' | Language

/** Each in its own language, as people look for it. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', de: 'Deutsch' }

const LANGUAGES = Object.keys(LANGUAGE_NAMES) as Language[]
const KEY = 'language'

const files = {
  en: import.meta.glob<string>('../../../messages/en/ui-*.ftl', { query: '?raw', import: 'default', eager: true }),
  de: import.meta.glob<string>('../../../messages/de/ui-*.ftl', { query: '?raw', import: 'default', eager: true }),
}

function bundleOf(language: Language, locale: string): FluentBundle {
  const bundle = new FluentBundle(locale, { useIsolating: false })
  for (const source of Object.values(files[language])) bundle.addResource(new FluentResource(source))
  return bundle
}

/** "de-AT" where the system uses it: the region decides how dates and numbers read. */
function localeOf(language: Language, spoken: readonly string[]): string {
  return spoken.find((locale) => locale.split('-')[0] === language) ?? language
}

function languageFor(choice: LanguageChoice, spoken: readonly string[]): Language {
  if (choice !== 'system') return choice
  return LANGUAGES.find((language) => language === spoken[0]?.split('-')[0]) ?? 'en'
}

/** The language of the screens. `app/core_language.svelte.ts` tells the core. */
export class CurrentLanguage {
  choice = $state<LanguageChoice>(readChoice())
  /** What the person speaks, by the system. */
  #spoken = $state.raw(navigator.languages)
  current = $derived(languageFor(this.choice, this.#spoken))
  locale = $derived(localeOf(this.current, this.#spoken))
  bundle = $derived(bundleOf(this.current, this.locale))

  constructor() {
    addEventListener('languagechange', () => (this.#spoken = navigator.languages))
  }

  choose(choice: LanguageChoice) {
    localStorage.setItem(KEY, choice)
    this.choice = choice
  }
}

function readChoice(): LanguageChoice {
  const stored = localStorage.getItem(KEY)
  return LANGUAGES.find((language) => language === stored) ?? 'system'
}

export const language = new CurrentLanguage()

type Arguments<Id extends keyof Messages> = Messages[Id] extends null ? [] : [Messages[Id]]

/**
 * A text of the screens in the current language. To be called where Svelte notices that the language changes: in markup, in
 * `$derived`, in a function; not in a constant.
 */
export function t<Id extends keyof Messages>(id: Id, ...[args]: Arguments<Id>): string {
  const pattern = language.bundle.getMessage(id)?.value
  // The ids are typed, and both languages are complete.
  if (!pattern) throw new Error(`no message ${id}`)
  return language.bundle.formatPattern(pattern, args)
}
