/** A cell of a grid. Row −1 is the header. */
export interface Position {
  row: number
  column: number
}

export interface GridSize {
  rows: number
  columns: number
  /** Rows that fit into the visible part: the step of Page Up and Page Down. */
  pageRows: number
}

/** Where a key leads from a cell, after the ARIA grid pattern; null for a key that the grid does not use. */
export function moveByKey(key: string, control: boolean, from: Position, size: GridSize): Position | null {
  const to = target(key, control, from, size)
  if (!to) return null
  return {
    row: clamp(to.row, -1, size.rows - 1),
    column: clamp(to.column, 0, size.columns - 1),
  }
}

function target(key: string, control: boolean, { row, column }: Position, size: GridSize): Position | null {
  switch (key) {
    case 'ArrowUp':
      return { row: row - 1, column }
    case 'ArrowDown':
      return { row: row + 1, column }
    case 'ArrowLeft':
      return { row, column: column - 1 }
    case 'ArrowRight':
      return { row, column: column + 1 }
    case 'PageUp':
      // Paging stops at the first row: the header is one arrow key further.
      return { row: row <= 0 ? row : Math.max(0, row - size.pageRows), column }
    case 'PageDown':
      return { row: Math.max(0, row) + size.pageRows, column }
    case 'Home':
      return control ? { row: Math.min(0, size.rows - 1), column: 0 } : { row, column: 0 }
    case 'End':
      return control ? { row: size.rows - 1, column: size.columns - 1 } : { row, column: size.columns - 1 }
    default:
      return null
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}
