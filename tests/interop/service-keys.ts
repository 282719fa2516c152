// An installation that was set up without a window, whose service keys come and go while the token service runs.

import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Desktop } from '../support/desktop.ts'
import type { CertificateDocument, SecretDocument } from '../support/screens.ts'

export interface ServiceKey<D> {
  id: string
  document: D
}

export class ServiceKeys {
  readonly #process: ChildProcess
  readonly #waiting: { resolve: (answer: unknown) => void; reject: (error: Error) => void }[] = []

  /** `program` is the example `service_keys`. */
  constructor(where: Pick<Desktop, 'processes' | 'env' | 'dataFolder'>, program: string) {
    this.#process = where.processes.start(program, [where.dataFolder], {
      env: where.env,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    createInterface({ input: this.#process.stdout! }).on('line', (line) =>
      this.#waiting.shift()?.resolve(JSON.parse(line)),
    )
    this.#process.on('exit', () => {
      for (const { reject } of this.#waiting.splice(0)) reject(new Error(`${program} has ended`))
    })
  }

  #ask<T>(command: string): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve: resolve as (answer: unknown) => void, reject })
      this.#process.stdin?.write(`${command}\n`)
    })
  }

  /** A person, a portal and a service instance; the token service is to listen at these ports. */
  async setUp(port: number, mutualTlsPort: number): Promise<void> {
    await this.#ask(`setup ${port} ${mutualTlsPort}`)
  }

  /** Exports the CA certificate. The token service has to have run. */
  async exportAuthority(file: string): Promise<void> {
    await this.#ask(`authority ${file}`)
  }

  createSecret(): Promise<ServiceKey<SecretDocument>> {
    return this.#ask('secret')
  }

  createCertificate(): Promise<ServiceKey<CertificateDocument>> {
    return this.#ask('certificate')
  }

  async delete(id: string): Promise<void> {
    await this.#ask(`delete ${id}`)
  }

  /** How many rows of the ledger are left over, and how many secrets are in use. */
  settle(): Promise<{ unsettled: number; held: number }> {
    return this.#ask('settle')
  }
}
