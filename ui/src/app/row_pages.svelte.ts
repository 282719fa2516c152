import type { NewRows, Rows } from '../kit/rows'
import { asUserError, type UserError } from '../tauri'
import { changes, type Areas } from './changes.svelte'

export interface PageOfRows<Row> {
  rows: Row[]
  /** Number of rows of the whole list, as filtered. */
  total: number
}

/** Rows asked for at once: about three screens. */
const PAGE = 100
/** Pages kept: enough to scroll back without asking again, few enough for a list of 100,000. */
const KEPT = 30

/**
 * The rows of a long list, fetched page by page as they come into view. The list itself (filter, order, count) lives in
 * the core; this only remembers what was fetched. While a changed filter is answered the former rows stay in place,
 * so that typing does not flicker.
 */
export class RowPages<Row> implements Rows<Row> {
  total = $state(0)
  /** False until the first reply: neither "empty" nor a number may be shown before. */
  answered = $state(false)
  error = $state.raw<UserError | null>(null)

  #pages = $state.raw(new Map<number, Row[]>())
  #asked = new Set<number>()
  /** Counts reloads: a reply to an older question is dropped. */
  #question = 0
  readonly #dependsOn: Areas
  readonly #fetch: (offset: number, limit: number) => Promise<PageOfRows<Row>>

  /** The rows may change when something in `dependsOn` changes. */
  constructor(dependsOn: Areas, fetch: (offset: number, limit: number) => Promise<PageOfRows<Row>>) {
    this.#dependsOn = dependsOn
    this.#fetch = fetch
  }

  /** The row at `index`, or undefined while it is on its way. */
  row(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE]
  }

  /** Fetches the page that holds the row `index`, unless it is here or under way. */
  want(index: number) {
    if (index >= this.total) return
    const page = Math.floor(index / PAGE)
    // Reading the pages here lets an effect ask again when a reload has dropped what was in view.
    if (!this.#pages.has(page) && !this.#asked.has(page)) void this.#load(page)
  }

  subscribe(listener: () => void): () => void {
    return changes.subscribe(this.#dependsOn, listener)
  }

  /** Shows nothing until the next reply: for when it becomes a different list. */
  forget() {
    this.#question++
    this.#asked.clear()
    this.#pages = new Map()
    this.total = 0
    this.answered = false
  }

  /** Asks again, because the filter or the data changed. `around` is the row that should be there first. */
  async reload(around = 0): Promise<void> {
    this.#question++
    this.#asked.clear()
    await this.#load(Math.floor(around / PAGE), true)
  }

  /**
   * Asks again for the pages of the rows in sight and swaps all of them at once: nothing is missing in between, and the
   * same rows again are no reason to draw anything. While the first reply is on its way it does nothing. `swapping` is
   * called with the new rows just before they take their places.
   */
  async refresh(inSight: number[], swapping: (rows: NewRows<Row>) => void = () => {}): Promise<void> {
    if (!this.answered) return this.error ? this.reload() : undefined
    const question = ++this.#question
    this.#asked.clear()
    const places = [...new Set([0, ...inSight].map((row) => Math.floor(row / PAGE)))]
    try {
      const replies = await Promise.all(places.map((page) => this.#fetch(page * PAGE, PAGE)))
      if (question !== this.#question) return
      const total = replies[0]!.total
      const fresh = new Map(places.map((page, place) => [page, replies[place]!.rows]))
      this.error = null
      for (const page of places) this.#asked.add(page)
      const same = total === this.total && places.every((page) => sameRows(this.#pages.get(page), fresh.get(page)))
      // Pages out of sight may have changed, too; they are asked for when they come into view.
      if (!same) swapping({ total, indexOf: (wanted) => indexOf(fresh, wanted) })
      this.#pages = same ? new Map(places.map((page) => [page, this.#pages.get(page)!])) : fresh
      this.total = total
    } catch (error) {
      if (question === this.#question) this.error = asUserError(error)
    }
  }

  async #load(page: number, fresh = false): Promise<void> {
    const question = this.#question
    this.#asked.add(page)
    try {
      const reply = await this.#fetch(page * PAGE, PAGE)
      if (question !== this.#question) return
      this.#remember(page, reply.rows, fresh)
      this.total = reply.total
      this.error = null
      this.answered = true
      // The list became shorter than the place in view: show its end instead of nothing.
      if (fresh && page > 0 && page * PAGE >= reply.total) await this.#load(0)
    } catch (error) {
      if (question !== this.#question) return
      this.#asked.delete(page)
      this.error = asUserError(error)
    }
  }

  #remember(page: number, rows: Row[], fresh: boolean) {
    const pages = fresh ? new Map<number, Row[]>() : new Map(this.#pages)
    pages.set(page, rows)
    while (pages.size > KEPT) {
      const oldest = pages.keys().next().value!
      pages.delete(oldest)
      this.#asked.delete(oldest)
    }
    this.#pages = pages
  }
}

function sameRows<Row>(known: Row[] | undefined, fresh: Row[] | undefined): boolean {
  return known !== undefined && JSON.stringify(known) === JSON.stringify(fresh)
}

function indexOf<Row>(pages: Map<number, Row[]>, wanted: (row: Row) => boolean): number {
  for (const [page, rows] of pages) {
    const place = rows.findIndex(wanted)
    if (place >= 0) return page * PAGE + place
  }
  return -1
}
