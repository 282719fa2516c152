// What the Rust core can do by itself: programs that print one row a line.

import { spawnSync } from 'node:child_process'
import { test } from 'vitest'
import { ROOT } from '../support/binaries.ts'
import { report, type Row } from './rows.ts'

test.each(['list_cost', 'generate_cost', 'store_cost'])('%s', (name) => {
  const program = `${ROOT}/target/release/examples/${name}`
  const { status, stdout, stderr } = spawnSync(program, { encoding: 'utf8', maxBuffer: 64 << 20 })
  if (status !== 0) throw new Error(`${program} failed:\n${stderr}`)
  const rows = stdout.split('\n').filter((line) => line.startsWith('{'))
  if (rows.length === 0) throw new Error(`${program} has measured nothing`)
  for (const row of rows) report(JSON.parse(row) as Row)
})
