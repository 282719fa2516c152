// Numbers read as in the person's language and region. Days and times are written as the core writes them, whose sentences
// stand beside them; the core sends ISO 8601 in UTC. See `messages/*/core-formats.ftl`.
import { language } from './language.svelte'

const two = (number: number) => String(number).padStart(2, '0')

function writeDay(year: number, month: number, day: number): string {
  return language.current === 'de' ? `${two(day)}.${two(month)}.${year}` : `${year}-${two(month)}-${two(day)}`
}

/** "2026-11-21" */
export function formatDay(moment: string): string {
  const at = new Date(moment)
  return writeDay(at.getFullYear(), at.getMonth() + 1, at.getDate())
}

/** "2026-11-21", by the clock of UTC: a day that a person typed is the same day everywhere. */
export function formatUtcDay(moment: string): string {
  const at = new Date(moment)
  return writeDay(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate())
}

/** When something ends: "2026-11-21"; with its time and zone where that is near, and the day alone could mislead. */
export function formatEnd(moment: string, near: boolean): string {
  return near ? `${formatMinute(moment)} ${zoneOf(new Date(moment))}` : formatDay(moment)
}

/** "2026-11-21 05:36" */
export function formatMinute(moment: string): string {
  const at = new Date(moment)
  return `${formatDay(moment)} ${two(at.getHours())}:${two(at.getMinutes())}`
}

/** "UTC", "UTC+2", "UTC-3:30": how far the person's clock is from UTC at that moment. */
function zoneOf(at: Date): string {
  const offset = -at.getTimezoneOffset()
  if (offset === 0) return 'UTC'
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60]
  return `UTC${offset < 0 ? '-' : '+'}${hours}${minutes === 0 ? '' : `:${two(minutes)}`}`
}

/** "12,345" */
export function formatNumber(number: number, options?: Intl.NumberFormatOptions): string {
  return number.toLocaleString(language.locale, options)
}

/** "2026-11-21" in UTC, as a date field holds it. */
export function toDateField(moment: string | Date): string {
  return new Date(moment).toISOString().slice(0, 10)
}

/** Midnight UTC of the day in a date field; null if it holds no day. */
export function fromDateField(date: string): string | null {
  const moment = /^\d{4}-\d\d-\d\d$/.test(date) ? new Date(`${date}T00:00:00Z`) : null
  // A 31st of February would roll over to March.
  return moment && !isNaN(moment.getTime()) && toDateField(moment) === date ? moment.toISOString() : null
}

/** "< 1 ms", "12 ms", "1.2 s" */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1) return '< 1 ms'
  if (milliseconds < 1000) return `${milliseconds} ms`
  return `${formatNumber(milliseconds / 1000, { maximumFractionDigits: 1 })} s`
}
