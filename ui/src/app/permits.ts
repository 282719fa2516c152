import type { Permit } from '../tauri'

/** For what is open to everybody. */
export const ALLOWED: Permit = { allowed: true, title: '', reason: '', hint: '', roleRequest: null }

/** For what cannot be done now, and would not be allowed by any role. */
export function refusedBecause(reason: string, hint: string): Permit {
  return { allowed: false, title: reason, reason, hint, roleRequest: null }
}
