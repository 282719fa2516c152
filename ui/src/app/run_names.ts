/** Keeps the names of a reloaded window apart from those before. */
const START = Date.now()
let count = 0

/** A name by which the core knows something that runs and may be cancelled. */
export function generateRunName(): string {
  return `${START}-${++count}`
}
