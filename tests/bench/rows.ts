// Rows of the table that `make bench` prints.

import { appendFileSync } from 'node:fs'

export interface Row {
  what: string
  budget?: number | string
  measured: number
  unit?: string
  ok?: boolean
  note?: string
}

export function report(row: Row): void {
  const line = JSON.stringify(row)
  const file = process.env['BENCH_ROWS']
  if (file) appendFileSync(file, `${line}\n`)
  else console.log(line)
}

export function percentile(values: number[], fraction: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(fraction * sorted.length) - 1)] ?? Number.NaN
}

export const median = (values: number[]): number => percentile(values, 0.5)
