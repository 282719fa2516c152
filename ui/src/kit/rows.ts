/** What went wrong, and what to do about it. */
export interface Problem {
  message: string
  hint: string
}

/** Rows that are about to be shown. */
export interface NewRows<Row> {
  total: number
  /** Where the row is that `wanted` identifies; -1 if it is not among those fetched. */
  indexOf: (wanted: (row: Row) => boolean) => number
}

/** The rows of a long list, as a grid asks for them: they come page by page. */
export interface Rows<Row> {
  /** Number of rows of the whole list, as filtered. */
  readonly total: number
  /** False until the first reply: neither "empty" nor a number may be shown before. */
  readonly answered: boolean
  readonly error: Problem | null
  /** The row at `index`, or undefined while it is on its way. */
  row(index: number): Row | undefined
  /** Fetches the row at `index` and those around it, unless they are here or under way. */
  want(index: number): void
  reload(around?: number): Promise<void>
  /** Fetches the rows in sight again; `swapping` is called with the new rows just before they take their places. */
  refresh(inSight: number[], swapping: (rows: NewRows<Row>) => void): Promise<void>
  /** Calls `listener` whenever the rows may have changed, until the returned function is called. */
  subscribe(listener: () => void): () => void
}
