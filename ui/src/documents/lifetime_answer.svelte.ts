import { untrack } from 'svelte'
import { fromDateField, toDateField } from '../messages/moments'
import type { LifetimeRequest, LifetimeView } from '../tauri'
import { lifetimeOf } from './credential_words'
import type { GivenCredentials } from './given_credentials.svelte'

/** An answer to the question when a portal in SAP generated a client secret. */
export class LifetimeAnswer {
  /** Empty until something is chosen. */
  chosen = $state<'' | LifetimeRequest['lifetime']>('')
  /** As a date field holds it. */
  date = $state('')

  /** `known` is what is known already, if anything. */
  begin(known: LifetimeView | null) {
    // A guess is no answer: it only saves typing the day.
    this.chosen = known === null || known.lifetime === 'guessed' ? '' : known.lifetime
    this.date = known?.lifetime === 'generated' || known?.lifetime === 'guessed' ? toDateField(known.at) : ''
  }

  /** What was answered, whatever it means. */
  get given() {
    return { chosen: this.chosen, date: this.date }
  }

  /** Without an answer the core looks at the document, and refuses if that does not say it. */
  get request(): LifetimeRequest {
    switch (this.chosen) {
      case '':
      case 'fromDocument':
        return { lifetime: 'fromDocument' }
      case 'ofServiceKey':
      case 'unknown':
        return { lifetime: this.chosen }
      case 'generated': {
        const at = fromDateField(this.date)
        return at ? { lifetime: 'generated', at } : { lifetime: 'fromDocument' }
      }
    }
  }

  /** A date was begun that is none. */
  get isNoDate(): boolean {
    return this.chosen === 'generated' && this.date !== '' && fromDateField(this.date) === null
  }
}

/**
 * Answers the question with what is known of the credentials, whenever they become others, or takes the answer back where
 * it is not asked. Called while the component is being created.
 */
export function followLifetime(given: GivenCredentials, answer: LifetimeAnswer) {
  const asked = $derived(given.candidate?.asksLifetime ? given.candidate.usable?.clientId : undefined)
  $effect(() => {
    const isAsked = asked !== undefined
    untrack(() => {
      const usable = given.candidate?.usable
      const known = usable && lifetimeOf(usable.kind)
      answer.begin(isAsked && known && known.lifetime !== 'unknown' ? known : null)
    })
  })
}
