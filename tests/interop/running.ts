// What Linux says about a running process.

import { readdirSync, readFileSync } from 'node:fs'

export interface Running {
  /** Resident memory in bytes. */
  bytes: number
  /** Open files, sockets among them. */
  files: number
  threads: number
}

export function running(pid: number): Running {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const number = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? Number.NaN)
  return { bytes: number('VmRSS') * 1024, files: readdirSync(`/proc/${pid}/fd`).length, threads: number('Threads') }
}
