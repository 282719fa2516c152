import { describe, expect, it } from 'vitest'
import { moveByKey } from './grid_keys'

const size = { rows: 1000, columns: 5, pageRows: 20 }
const at = (row: number, column: number) => ({ row, column })

describe('the keys of the grid', () => {
  it('move by one cell and stop at the edges', () => {
    expect(moveByKey('ArrowDown', false, at(3, 2), size)).toEqual(at(4, 2))
    expect(moveByKey('ArrowRight', false, at(3, 4), size)).toEqual(at(3, 4))
    expect(moveByKey('ArrowLeft', false, at(3, 0), size)).toEqual(at(3, 0))
    expect(moveByKey('ArrowDown', false, at(999, 0), size)).toEqual(at(999, 0))
  })

  it('reach the header from the first row, where the sort buttons are', () => {
    expect(moveByKey('ArrowUp', false, at(0, 1), size)).toEqual(at(-1, 1))
    expect(moveByKey('ArrowUp', false, at(-1, 1), size)).toEqual(at(-1, 1))
  })

  it('move by what is visible with Page Up and Page Down', () => {
    expect(moveByKey('PageDown', false, at(5, 1), size)).toEqual(at(25, 1))
    expect(moveByKey('PageUp', false, at(5, 1), size)).toEqual(at(0, 1))
    expect(moveByKey('PageDown', false, at(-1, 1), size)).toEqual(at(20, 1))
  })

  it('go to the ends of the row, and with Ctrl to the ends of the list', () => {
    expect(moveByKey('Home', false, at(5, 3), size)).toEqual(at(5, 0))
    expect(moveByKey('End', false, at(5, 3), size)).toEqual(at(5, 4))
    expect(moveByKey('Home', true, at(5, 3), size)).toEqual(at(0, 0))
    expect(moveByKey('End', true, at(5, 3), size)).toEqual(at(999, 4))
  })

  it('stay on the header of an empty list', () => {
    expect(moveByKey('End', true, at(-1, 0), { ...size, rows: 0 })).toEqual(at(-1, 4))
    expect(moveByKey('PageDown', false, at(-1, 0), { ...size, rows: 0 })).toEqual(at(-1, 0))
  })

  it('leave every other key alone', () => {
    expect(moveByKey('Enter', false, at(0, 0), size), 'Enter belongs to the button in the cell').toBeNull()
  })
})
