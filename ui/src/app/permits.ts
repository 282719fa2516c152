import type { Permit } from '../tauri'

/** For what is open to everybody. */
export const ALLOWED: Permit = { allowed: true, reason: '', hint: '', roleRequest: null }

/** For what cannot be done now, and would not be allowed by any role. */
export function refusedBecause(reason: string, hint: string): Permit {
  return { allowed: false, reason, hint, roleRequest: null }
}
