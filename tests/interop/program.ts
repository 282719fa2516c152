// The program without its window, over an installation of its own: what a pipeline would use to test credentials.

import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drivable, ROOT, serviceKeys } from '../support/binaries.ts'
import type { Processes } from '../support/processes.ts'
import { ServiceKeys } from './service-keys.ts'

const { identifier } = JSON.parse(readFileSync(`${ROOT}/tauri.conf.json`, 'utf8')) as { identifier: string }

export interface Finding {
  stage: string
  cause: string
  message: string
  remedy: string
  seen: string
}

export interface Verdict {
  exitCode: number
  /** Everything that the program printed. */
  text: string
  /** The stages that were attempted, in their order. */
  stages: { stage: string; passed: boolean; found: string }[]
  /** What the portal has. */
  apis: { name: string; title: string; version: string }[]
  failure?: Finding
}

interface FindingLine {
  stage: { code: string }
  code: string
  message: string
  remedy: string
  seen: string
}

type Line =
  | { event: 'passed'; stage: string; found: string }
  | { event: 'failed'; stage: string; finding: FindingLine }
  | { outcome: 'passed'; apis: Verdict['apis'] }
  | { outcome: 'failed'; finding: FindingLine }

export class Program {
  readonly #env: NodeJS.ProcessEnv
  readonly #folder: string
  #documents = 0

  private constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.#folder = folder
    this.#env = env
  }

  /** An installation in `folder` with a person who may do everything. */
  static async prepare(processes: Processes, folder: string): Promise<Program> {
    const env = { PATH: process.env['PATH'], LANG: 'C.UTF-8', HOME: folder, XDG_DATA_HOME: folder }
    const dataFolder = join(folder, identifier)
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
    await new ServiceKeys({ processes, env, dataFolder }, serviceKeys()).setUp(28443, 28444)
    return new Program(folder, env)
  }

  /**
   * `drawbridge test` on a computer that trusts the authorities in the file `trust`, and no other; `variables` are in its
   * environment, too.
   */
  test(document: object, trust: string, variables: NodeJS.ProcessEnv = {}): Promise<Verdict> {
    const file = join(this.#folder, `document-${this.#documents++}.json`)
    writeFileSync(file, JSON.stringify(document, undefined, 2), { mode: 0o600 })
    const options = { env: { ...this.#env, SSL_CERT_FILE: trust, ...variables }, timeout: 40_000 }
    return new Promise((resolve, reject) => {
      const child = execFile(drivable(), ['test', file, '--json'], options, (_, stdout, stderr) => {
        try {
          resolve(judge(child.exitCode ?? -1, stdout, stderr))
        } catch {
          reject(new Error(`drawbridge test has printed something else:\n${stdout}${stderr}`))
        }
      })
    })
  }
}

function judge(exitCode: number, stdout: string, stderr: string): Verdict {
  const verdict: Verdict = { exitCode, text: stdout + stderr, stages: [], apis: [] }
  for (const text of stdout.split('\n').filter(Boolean)) {
    const line = JSON.parse(text) as Line
    if ('event' in line) {
      const passed = line.event === 'passed'
      verdict.stages.push({ stage: line.stage, passed, found: passed ? line.found : line.finding.message })
    } else if (line.outcome === 'passed') {
      verdict.apis = line.apis
    } else {
      const { stage, code, ...words } = line.finding
      verdict.failure = { stage: stage.code, cause: code, ...words }
    }
  }
  return verdict
}
