// What the Rust core can do by itself: programs that print one row a line.

import { spawnSync } from 'node:child_process'
import { test } from 'vitest'
import { ROOT } from '../support/binaries.ts'
import { report, type Row } from './rows.ts'

test.each(['list_cost', 'generate_cost', 'store_cost', 'recognise_cost'])('%s', (name) => {
  const program = `${ROOT}/target/release/examples/${name}`
  const { status, stdout, stderr } = spawnSync(program, { encoding: 'utf8', maxBuffer: 64 << 20 })
  if (status !== 0) throw new Error(`${program} failed:\n${stderr}`)
  const rows = stdout.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Row)
  if (rows.length === 0) throw new Error(`${program} has measured nothing`)
  // Each list is measured in every order; the table shows the slowest.
  const slowest = new Map<string, Row>()
  for (const row of rows) {
    const what = row.what.replace(/ by \w+ (a|de)scending$/, ', the slowest of all orders')
    if ((slowest.get(what)?.measured ?? -1) < row.measured) slowest.set(what, { ...row, what })
  }
  for (const row of slowest.values()) report(row)
})
