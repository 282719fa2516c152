// The one file that talks to the core.
import { t } from './messages/language.svelte'
import type { UserError } from './wire'

export type * from './wire'
export { commands as tauri } from './wire/commands'

/** What a command rejected with. Anything but a `UserError` is a defect in the program, and becomes a calm sentence. */
export function asUserError(error: unknown): UserError {
  if (typeof error === 'object' && error !== null && 'code' in error && 'message' in error) return error as UserError
  return { code: 'failed', message: t('app-unforeseen'), hint: String(error) }
}
