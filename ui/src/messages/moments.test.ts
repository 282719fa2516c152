import { describe, expect, it } from 'vitest'
import { formatDuration, fromDateField, toDateField } from './moments'

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
