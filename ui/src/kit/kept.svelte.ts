/**
 * How a person left a page: search, order, place in a list, what a test found. It is the same on return, while the window is open and the same
 * person uses it. Never anything secret.
 */
const memory = new Map<string, unknown>()

/** What was kept under `key`, or `initial`. */
export function recall<Value>(key: string, initial: Value): Value {
  return memory.has(key) ? (memory.get(key) as Value) : initial
}

/** Keeps `value` under `key`, now. */
export function keep(key: string, value: unknown) {
  memory.set(key, value)
}

/** Keeps what `value` gives, whenever it changes. Called while the component is being created. */
export function keepCurrent(key: string, value: () => unknown) {
  $effect(() => keep(key, value()))
}

/** Another person begins afresh. */
export function forgetKept() {
  memory.clear()
}
