// A network of its own for a program: what it looks up and where it connects is written down, and nothing gets any further.

import { spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { ROOT } from './binaries.ts'
import type { Desktop } from './desktop.ts'
import { until } from './processes.ts'

/** The script of every way out; called with a host and a port it tries them all. */
export const WAYS_OUT = readFileSync(`${ROOT}/tests/support/ways_out.js`, 'utf8')

/** Where the ways lead. Port and names mean something only inside such a network. */
export const OUTSIDE = { host: 's3cret-of-the-page.example', port: 28999 }

/** Debian's own Python has the bindings. */
const PYTHON = '/usr/bin/python3'

export class OwnNetwork {
  readonly #desktop: Desktop
  readonly #folder: string

  constructor(desktop: Desktop, name: string) {
    this.#desktop = desktop
    this.#folder = join(desktop.folder, name)
    mkdirSync(this.#folder)
    writeFileSync(join(this.#folder, 'seen'), '')
  }

  #command(program: string[]): string[] {
    const script = `${ROOT}/tests/support/own_network.py`
    return [...inNamespaces(), PYTHON, script, this.#folder, String(OUTSIDE.port), ...program]
  }

  /** Starts a WebDriver inside; it listens at `port` both there and, through a socket, here. */
  async startDriver(program: string, args: string[], port: number, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
    const [command, ...rest] = this.#command([program, ...args])
    const options = { env: { ...env, DRIVER_PORT: String(port) } }
    const driver = this.#desktop.processes.start(command!, rest, options, 'WebKitWebDriver')
    const door = join(this.#folder, 'driver')
    await until('the network', () => existsSync(door) || driver.exitCode !== null)
    const here = createServer((outside) => {
      const inside = connect(door)
      for (const [from, to] of [[outside, inside], [inside, outside]] as const) {
        from.pipe(to)
        from.on('error', () => to.destroy())
      }
    })
    await new Promise<void>((listening) => here.listen(port, '127.0.0.1', listening))
    here.unref()
    driver.on('exit', () => here.close())
    return driver
  }

  /** Tries every way out in a plain window inside; answers when they had `seconds` of time. */
  async tryPlainWindow(seconds: number, { policy = '', proxy = '' } = {}): Promise<void> {
    const { host, port } = OUTSIDE
    const window = [PYTHON, `${ROOT}/tests/support/plain_window.py`, `${ROOT}/tests/support/ways_out.js`, host]
    const args = [...window, String(port), String(seconds), `--policy=${policy}`, `--proxy=${proxy}`]
    const [command, ...rest] = this.#command(args)
    await this.#desktop.run(command!, rest)
  }

  /** Which of the ways out were seen, in order: a name that was looked up, or a connection, a TLS hello included. */
  seen(): string[] {
    const lines = readFileSync(join(this.#folder, 'seen'), 'utf8').split('\n').filter(Boolean)
    const all = lines.map((line) => JSON.parse(line) as { name?: string; connection?: string })
    const ways = all.map(({ name, connection }) => (name ?? connection ?? '').replace(`.${OUTSIDE.host}`, ''))
    return [...new Set(ways)].sort()
  }
}

/** The command that gives a program namespaces of its own; other users than root need user namespaces for that. */
function inNamespaces(): string[] {
  const user = ['--user', '--map-current-user', '--keep-caps']
  const own = ['unshare', '--mount', '--net']
  for (const command of [own, [...own, ...user]]) {
    const [program, ...args] = [...command, 'mount', '--bind', '/', '/']
    if (spawnSync(program!, args, { stdio: 'ignore' }).status === 0) return command
  }
  throw new Error('a network of its own takes root, or user namespaces (sysctl user.max_user_namespaces, kernel.unprivileged_userns_clone)')
}
