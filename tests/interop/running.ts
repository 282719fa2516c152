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

/** Seconds of processor time that a process has used in all its threads. */
export function processorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // From the third field on; utime and stime are the 14th and 15th, in ticks of a hundredth of a second.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}
