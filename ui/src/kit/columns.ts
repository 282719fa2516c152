export interface Column {
  key: string
  label: string
  /** In rem, so that it grows with the text. One column without a width takes what is left. */
  width?: number
  /** The width where the window is too narrow for all of them, in rem: their words take two lines then. */
  narrow?: number
  sortable?: boolean
  align?: 'end'
  /** Stays in view at the right edge: for what one does with a row. */
  sticky?: boolean
  /** Its cells, or those of some rows, hold one button or link, which has the tab stop instead of the cell. */
  holdsControl?: boolean | ((row: any) => boolean)
  /** A column of buttons has a heading for screen readers only. */
  hideLabel?: boolean
}

export interface Sort {
  key: string
  descending: boolean
}

/** The least width of the column that takes what is left, in rem. */
const FLEXIBLE_REM = 9

/** The width below which the whole grid scrolls sideways, in rem. */
export function minWidthOf(columns: Column[]): number {
  return columns.reduce((sum, column) => sum + (column.width ?? FLEXIBLE_REM), 0)
}

/** The columns as they are in so much room, in rem. */
export function fitColumns(columns: Column[], room: number): Column[] {
  if (room === 0 || room >= minWidthOf(columns)) return columns
  return columns.map((column) => (column.width && column.narrow ? { ...column, width: column.narrow } : column))
}

/** The width that the sticky columns cover, in rem. */
export function stickyWidthOf(columns: Column[]): number {
  return columns.reduce((sum, column) => sum + (column.sticky ? (column.width ?? 0) : 0), 0)
}

/** Distance of a sticky column from the right edge: the columns after it, in rem. */
export function stickyRight(columns: Column[], place: number): number {
  return columns.slice(place + 1).reduce((sum, column) => sum + (column.width ?? 0), 0)
}

/** The cell holds a button or link, which has the tab stop instead of the cell. */
export function holdsControl({ holdsControl }: Column, row: unknown): boolean {
  return typeof holdsControl === 'function' ? holdsControl(row) : (holdsControl ?? false)
}

export function ariaSort(column: Column, sort: Sort | undefined): 'ascending' | 'descending' | 'none' | undefined {
  if (!column.sortable) return undefined
  if (sort?.key !== column.key) return 'none'
  return sort.descending ? 'descending' : 'ascending'
}
