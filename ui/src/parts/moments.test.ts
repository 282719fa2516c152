import { describe, expect, it } from 'vitest'
import { beginsLater, describeDaysLeft, formatDuration, fromDateField, toDateField } from './moments'

describe('the days that are left', () => {
  it('read as a person says them', () => {
    expect(describeDaysLeft(365)).toBe('365 days left')
    expect(describeDaysLeft(1)).toBe('1 day left')
  })

  it('never call an expired credential valid', () => {
    expect(describeDaysLeft(0)).toBe('expired today')
    expect(describeDaysLeft(-1)).toBe('expired 1 day ago')
    expect(describeDaysLeft(-12)).toBe('expired 12 days ago')
  })

  // F9
  it('are not said of a certificate that is not valid yet', () => {
    const now = new Date('2026-11-30T12:00:00Z')
    const certificate = (notBefore: string) => ({
      kind: 'certificate' as const,
      fingerprint: '',
      subject: '',
      issuer: '',
      notBefore,
      notAfter: '2028-11-30T12:00:00Z',
      publicKey: '',
      chainLength: 1,
    })
    expect(beginsLater(certificate('2027-11-30T12:00:00Z'), now)).toBe('2027-11-30T12:00:00Z')
    expect(beginsLater(certificate('2026-11-30T12:00:00Z'), now)).toBe(null)
    expect(beginsLater({ kind: 'clientSecret' }, now)).toBe(null)
  })
})

describe('a duration', () => {
  it('is told in the unit that a person reads easily', () => {
    expect(formatDuration(0), 'nothing takes no time').toBe('< 1 ms')
    expect(formatDuration(12)).toBe('12 ms')
    expect(formatDuration(10_040)).toMatch(/^10 s$/)
    expect(formatDuration(1234)).toMatch(/^1[.,]2 s$/)
  })
})

describe('the day in a date field', () => {
  it('is midnight UTC, and comes back as the same day', () => {
    expect(fromDateField('2024-01-15')).toBe('2024-01-15T00:00:00.000Z')
    expect(toDateField('2024-01-15T00:00:00Z')).toBe('2024-01-15')
  })

  it('is none if it is not in the calendar, or not finished', () => {
    for (const date of ['', '2024-02-31', '2024-1-5', '15.01.2024']) expect(fromDateField(date), date).toBeNull()
  })
})
