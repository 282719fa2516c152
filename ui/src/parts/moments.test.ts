import { describe, expect, it } from 'vitest'
import { describeDaysLeft, formatDuration } from './moments'

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
})

describe('a duration', () => {
  it('is told in the unit that a person reads easily', () => {
    expect(formatDuration(0), 'nothing takes no time').toBe('< 1 ms')
    expect(formatDuration(12)).toBe('12 ms')
    expect(formatDuration(10_040)).toMatch(/^10 s$/)
    expect(formatDuration(1234)).toMatch(/^1[.,]2 s$/)
  })
})
