// Starts programs in process groups of their own and makes sure that none of them outlives the tests.

import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'

// A shell that waits for its standard input to end. That happens when the tests end in whatever way, SIGKILL and a
// timed-out worker included; it then does what an orderly end would have done.
const UNDERTAKER = `
trap '' INT TERM HUP
groups= folder=
while read -r word value; do
  case $word in
    group) groups="$value $groups" ;;
    folder) folder=$value ;;
    done) groups= folder= ;;
  esac
done
for group in $groups; do kill -s TERM -- "-$group" 2>/dev/null; done
[ -z "$groups" ] || sleep 0.3
for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
[ -z "$folder" ] || rm -rf -- "$folder"
`

export class Processes {
  readonly #undertaker: ChildProcess
  readonly #running: ChildProcess[] = []
  readonly #outputs: string

  constructor(folder: string) {
    this.#outputs = join(folder, 'outputs')
    mkdirSync(this.#outputs)
    this.#undertaker = spawn('sh', ['-c', UNDERTAKER], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
    this.#undertaker.unref()
    this.#undertaker.stdin?.write(`folder ${folder}\n`)
  }

  /** Starts a program. Unless `stdio` says otherwise it reads nothing, and its output goes to `outputs/<name>.log`. */
  start(command: string, args: string[], options: SpawnOptions, name = command): ChildProcess {
    const log = openSync(this.outputOf(name), 'a')
    const child = spawn(command, args, { stdio: ['ignore', log, log], ...options, detached: true })
    closeSync(log)
    child.on('error', () => {}) // reported by whoever waits for the program to be ready
    if (child.pid === undefined)
      throw new Error(`${command} cannot be started; "make setup" installs what the tests need`)
    this.#undertaker.stdin?.write(`group ${child.pid}\n`)
    this.#running.push(child)
    return child
  }

  outputOf(command: string): string {
    return join(this.#outputs, `${command.split('/').pop()}.log`)
  }

  /** Ends one program and everything it started. */
  async stop(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    signalGroup(child, signal)
    if (!(await groupGone(child, 2_000))) {
      signalGroup(child, 'SIGKILL')
      await groupGone(child, 2_000)
    }
    const index = this.#running.indexOf(child)
    if (index >= 0) this.#running.splice(index, 1)
  }

  /** Ends everything, the last started first. */
  async stopAll(): Promise<void> {
    for (const child of [...this.#running].reverse()) await this.stop(child)
    if (this.#undertaker.stdin?.writable) this.#undertaker.stdin.end('done\n')
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-child.pid!, signal)
  } catch {
    return false
  }
}

async function groupGone(child: ChildProcess, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds
  while (signalGroup(child, 0)) {
    if (Date.now() > end) return false
    await pause(20)
  }
  return true
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

type Falsy = false | '' | 0 | null | undefined

/** Asks again and again until the answer is truthy; after the time is over the error names what was awaited. */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  { within = 10_000, every = 40 }: { within?: number; every?: number } = {},
): Promise<Exclude<T, Falsy>> {
  const end = Date.now() + within
  for (;;) {
    const answer = await ask()
    if (answer) return answer as Exclude<T, Falsy>
    if (Date.now() > end) throw new Error(`waited ${within / 1000} s in vain for ${what}`)
    await pause(every)
  }
}
