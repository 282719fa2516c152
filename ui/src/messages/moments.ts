// Dates and numbers read as in the person's language and region; the core sends ISO 8601 in UTC.
import { language } from './language.svelte'

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making one takes longer than using it. */
function formatOf(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language.locale + JSON.stringify(options)
  let format = formats.get(key)
  if (!format) formats.set(key, (format = new Intl.DateTimeFormat(language.locale, options)))
  return format
}

/** "21 Nov 2026" */
export function formatDay(moment: string): string {
  return formatOf({ dateStyle: 'medium' }).format(new Date(moment))
}

/** "21 Nov 2026", by the clock of UTC: a day that a person typed is the same day everywhere. */
export function formatUtcDay(moment: string): string {
  return formatOf({ dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(moment))
}

/** When something ends: "21 Nov 2026"; with its time and zone where that is near, and the day alone could mislead. */
export function formatEnd(moment: string, near: boolean): string {
  if (!near) return formatDay(moment)
  // dateStyle takes no timeZoneName beside it.
  return formatOf({ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }).format(new Date(moment))
}

/** "21 Nov 2026, 05:36" */
export function formatMinute(moment: string): string {
  return formatOf({ dateStyle: 'medium', timeStyle: 'short' }).format(new Date(moment))
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
