// The token service without a window, in an installation of its own, and the load upon it.

import { spawn, type ChildProcess } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Desktop, freePort } from '../support/desktop.ts'
import { until } from '../support/processes.ts'
import { listens } from './servers.ts'
import { ServiceKeys } from './service-keys.ts'

/** The programs of one build. */
export interface Build {
  drawbridge: string
  load: string
  serviceKeys: string
}

export interface Load {
  requests: number
  errors: number
  first_error: string | null
  per_second: number
  p50_ms: number
  p99_ms: number
}

export class TokenServiceAlone {
  readonly desktop: Desktop
  readonly keys: ServiceKeys
  readonly process: ChildProcess
  /** The file of the CA certificate. */
  readonly authority: string

  private constructor(desktop: Desktop, keys: ServiceKeys, process: ChildProcess, authority: string) {
    this.desktop = desktop
    this.keys = keys
    this.process = process
    this.authority = authority
  }

  /** Starts it; `before` is what the command line begins with, such as what pins it to a core. */
  static async start(build: Build, before: string[] = []): Promise<TokenServiceAlone> {
    const desktop = await Desktop.open()
    try {
      const keys = new ServiceKeys(desktop, build.serviceKeys)
      const [port, mutualTlsPort] = [await freePort(), await freePort()]
      await keys.setUp(port, mutualTlsPort)
      const [command, ...args] = [...before, build.drawbridge, 'serve']
      const process = desktop.processes.start(command!, args, { env: desktop.env })
      await until('the token service to listen', async () => (await listens(port)) && (await listens(mutualTlsPort)))
      const authority = join(desktop.exports, 'authority.pem')
      await keys.exportAuthority(authority)
      return new TokenServiceAlone(desktop, keys, process, authority)
    } catch (error) {
      await desktop.close()
      throw error
    }
  }

  /** Writes a credential document, for programs that want a file. */
  file(name: string, document: object): string {
    const path = join(this.desktop.exports, name)
    writeFileSync(path, JSON.stringify(document), { mode: 0o600 })
    return path
  }

  close(): Promise<void> {
    return this.desktop.close()
  }
}

/** Runs the load generator to its end: `[…what pins it, program]`, options. */
export function load(command: string[], options: Record<string, string | number | true>): Promise<Load> {
  const flags = Object.entries(options).flatMap(([name, value]) =>
    value === true ? [`--${name}`] : [`--${name}`, `${value}`],
  )
  const child = spawn(command[0]!, [...command.slice(1), ...flags], { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    let output = ''
    child.stdout.on('data', (data: Buffer) => (output += data.toString()))
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve(JSON.parse(output) as Load) : reject(new Error(`the load generator has failed (${code})`)),
    )
  })
}
