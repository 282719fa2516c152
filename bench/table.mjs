// Prints rows of {what, budget, measured, unit, ok, note?}, one JSON object a line, as a table. A budget is a number that
// the measured figure must not exceed, or text such as ">= 5"; "ok" decides. Fails when a row is not ok.

import { readFileSync } from 'node:fs'

const rows = readFileSync(process.argv[2], 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('{'))
  .map((line) => JSON.parse(line))

const figure = (value, unit) =>
  typeof value !== 'number' ? String(value) : `${Number(value.toPrecision(3))}${unit ? ` ${unit}` : ''}`
const cells = rows.map(({ what, budget, measured, unit, ok, note }) => [
  note ? `${what} (${note})` : what,
  typeof budget === 'number' ? `≤ ${figure(budget, unit)}` : (budget ?? '–'),
  figure(measured, unit),
  ok === undefined ? '' : ok ? 'yes' : 'NO',
])
const table = [['what', 'budget', 'measured', 'ok'], ...cells]
const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column].length)))
const line = (row) =>
  `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join(' | ')} |`
console.log(line(table[0]))
console.log(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`)
for (const row of table.slice(1)) console.log(line(row))

const over = rows.filter((row) => row.ok === false).length
if (rows.length === 0) console.error('nothing was measured')
if (over > 0) console.error(`\n${over} of ${rows.length} figures are over budget`)
process.exitCode = over > 0 || rows.length === 0 ? 1 : 0
