// Processes and memory as Linux accounts for them.

import { readdirSync, readFileSync } from 'node:fs'

/** The process and everything it started, directly or not. */
export function processTree(root: number): number[] {
  const parents = new Map<number, number>()
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8')
      parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // gone meanwhile
    }
  }
  const tree = [root]
  for (const known of tree) for (const [child, parent] of parents) if (parent === known) tree.push(child)
  return tree
}

/** Proportional set size in bytes: memory shared by several processes is counted once in their sum. */
export function proportionalSize(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? Number.NaN) * 1024
}
