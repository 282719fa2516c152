// The command line of the app, over the installation of a desktop. What it prints is kept, to be searched for secrets.

import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { shipped } from '../support/binaries.ts'
import type { Desktop } from '../support/desktop.ts'

export interface Run {
  code: number
  stdout: string
  stderr: string
}

export class CommandLine {
  readonly #desktop: Desktop
  #printed = ''

  constructor(desktop: Desktop) {
    this.#desktop = desktop
  }

  /** Everything that it has printed so far. */
  get printed(): string {
    return this.#printed
  }

  /** Runs a command to its end, however that is. */
  async attempt(...args: string[]): Promise<Run> {
    const run = await runToEnd(shipped(), args, this.#desktop.env)
    this.#printed += run.stdout + run.stderr
    return run
  }

  /** Runs a command that has to succeed, and returns what it reports. */
  async run<T>(...args: string[]): Promise<T> {
    const { code, stdout, stderr } = await this.attempt(...args, '--json')
    if (code !== 0) throw new Error(`drawbridge ${args.join(' ')} has ended with ${code}: ${stderr}`)
    return JSON.parse(stdout) as T
  }
}

/** Runs a program that reads nothing, to its end. */
export async function runToEnd(command: string, args: string[], env: NodeJS.ProcessEnv, cwd?: string): Promise<Run> {
  const child = spawn(command, args, { env, cwd, timeout: 30_000, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<number>((resolve, reject) =>
    child
      .on('error', reject)
      .on('close', (code, signal) => (signal ? reject(new Error(`${command}: ${signal}`)) : resolve(code ?? -1))),
  )
  const [code, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  return { code, stdout, stderr }
}
