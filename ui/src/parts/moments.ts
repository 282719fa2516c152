// The person's own locale decides how a date reads; the core sends ISO 8601 in UTC.
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
const minute = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
/** A day that somebody gave as such: it is the same day everywhere. */
const utcDay = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' })

/** "21 Nov 2026" */
export function formatDay(moment: string): string {
  return day.format(new Date(moment))
}

/** "21 Nov 2026", by the clock of UTC. */
export function formatUtcDay(moment: string): string {
  return utcDay.format(new Date(moment))
}

/** "2026-11-21" in UTC, as a date field holds it. */
export function toDateField(moment: string | Date): string {
  return new Date(moment).toISOString().slice(0, 10)
}

/** Midnight UTC of the day in a date field; null if that is none. */
export function fromDateField(date: string): string | null {
  const moment = /^\d{4}-\d\d-\d\d$/.test(date) ? new Date(`${date}T00:00:00Z`) : null
  // A 31st of February would roll over to March.
  return moment && !isNaN(moment.getTime()) && toDateField(moment) === date ? moment.toISOString() : null
}

/** "21 Nov 2026, 05:36" */
export function formatMinute(moment: string): string {
  return minute.format(new Date(moment))
}

/** "12 days left", "expired today", "expired 3 days ago", from the days that the core counts: a begun one is whole. */
export function describeDaysLeft(days: number): string {
  if (days > 0) return `${countDays(days)} left`
  return days === 0 ? 'expired today' : `expired ${countDays(-days)} ago`
}

function countDays(days: number): string {
  return days === 1 ? '1 day' : `${days.toLocaleString()} days`
}

/** "< 1 ms", "12 ms", "1.2 s" */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1) return '< 1 ms'
  if (milliseconds < 1000) return `${milliseconds} ms`
  return `${(milliseconds / 1000).toLocaleString(undefined, { maximumFractionDigits: 1 })} s`
}
