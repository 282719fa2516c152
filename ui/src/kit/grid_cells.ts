import type { Position } from './grid_keys'

/** The one button or link of a cell, else the cell itself. */
export function focusTarget(element: HTMLElement | null): HTMLElement | null {
  return element?.querySelector<HTMLElement>('button, a') ?? element
}

/** The cell that an event came from; null if it came from none. */
export function positionOf(target: EventTarget | null): Position | null {
  const element = (target as HTMLElement | null)?.closest<HTMLElement>('td, th')
  const row = element?.parentElement?.dataset['row']
  if (!element || row === undefined) return null
  return { row: Number(row), column: [...element.parentElement!.children].indexOf(element) }
}
