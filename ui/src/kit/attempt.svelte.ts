import { getContext, setContext, tick } from 'svelte'

const KEY = Symbol('attempt')

/**
 * The attempt to send a form. Before that, an empty mandatory field is no mistake; from then on each of them is marked, and
 * the core is asked only when none is left.
 */
export class Attempt {
  made = $state(false)

  /** Whether the form can be sent. Otherwise the first mandatory field that is empty gets the focus, fully in view. */
  isComplete(form: Element | null | undefined): boolean {
    this.made = true
    const fields = form?.querySelectorAll<HTMLInputElement>('input[aria-required="true"], textarea[aria-required="true"]') ?? []
    const missing = [...fields].find((field) => (field.type === 'checkbox' ? !field.checked : field.value.trim() === ''))
    // Once it is marked: what is wrong with it takes room, too.
    if (missing) void tick().then(() => showField(missing))
    return !missing
  }
}

/** Moves the focus to a field, with its label and what is wrong with it in view. */
export function showField(field: HTMLElement) {
  const target = field.matches('[role=radiogroup]') ? (field.querySelector<HTMLElement>('input:checked') ?? field.querySelector('input')) : field
  target?.focus({ preventScroll: true })
  // jsdom has none.
  for (const part of [field.closest('.fd-form-item'), field]) part?.scrollIntoView?.({ block: 'nearest' })
}

/** For the fields inside the component that calls it. */
export function provideAttempt(): Attempt {
  return setContext(KEY, new Attempt())
}

/** The attempt of the form around a field; a field may also stand alone. */
export function attemptAround(): Attempt | undefined {
  return getContext(KEY)
}
