import { describe, expect, it } from 'vitest'
import { fitColumns, minWidthOf } from './columns'

describe('the columns of a grid', () => {
  const columns = [
    { key: 'name', label: 'Name' },
    { key: 'at', label: 'At', width: 12, narrow: 7 },
    { key: 'view', label: 'View', width: 4, sticky: true },
  ]

  it('are as wide as they should be where there is room', () => {
    expect(fitColumns(columns, minWidthOf(columns))).toBe(columns)
  })

  it('take less where there is not, those that can', () => {
    expect(fitColumns(columns, minWidthOf(columns) - 1).map(({ width }) => width)).toEqual([undefined, 7, 4])
  })

  it('wait for the list to be drawn', () => {
    expect(fitColumns(columns, 0)).toBe(columns)
  })
})
