// What programs that are not ours read in exported files.

import { X509Certificate } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ROOT } from '../support/binaries.ts'
import { chain } from '../support/openssl.ts'
import { runToEnd, type Run } from './command-line.ts'

export type Texts = Record<string, string>
export const PYTHON = `${ROOT}/target/interop/python/bin/python`
const ENV = { PATH: process.env['PATH'], LANG: 'C.UTF-8' }

/** What a program that has to succeed prints. */
export async function outputOf(command: string, args: string[], env: NodeJS.ProcessEnv = ENV): Promise<string> {
  const { code, stdout, stderr } = await runToEnd(command, args, env)
  if (code !== 0) throw new Error(`${command} has ended with ${code}: ${stderr || stdout}`)
  return stdout
}

// ---- Python's libraries ----

interface PythonReaders {
  'python-dotenv': Texts
  jproperties: Texts
  PyYAML: unknown
  /** Refuses what the published schema refuses. */
  'kubernetes-validate': { name: string; type: string; data: Texts }
  /** Unpacks into a folder of the archive's name without `.zip`. */
  zipfile: { name: string; mode: number }[]
}

/** What one of Python's libraries reads in each of the files. */
export async function readByPython<R extends keyof PythonReaders>(
  reader: R,
  files: string[],
): Promise<PythonReaders[R][]> {
  const script = fileURLToPath(new URL('readers/read.py', import.meta.url))
  return JSON.parse(await outputOf(PYTHON, [script, ...files.flatMap((file) => [reader, file])])) as PythonReaders[R][]
}

// ---- Environment files ----

/** What a program sees that a shell starts after it has read the file. */
export async function readByShell(file: string): Promise<Texts> {
  const output = await outputOf('sh', ['-c', 'set -a; . "$1"; exec env -0', 'sh', file])
  return ours(output.split('\0').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))
}

/** What a program sees that Node starts with `--env-file`. */
export async function readByNode(file: string): Promise<Texts> {
  const print = 'process.stdout.write(JSON.stringify(Object.entries(process.env)))'
  return ours(JSON.parse(await outputOf(process.execPath, [`--env-file=${file}`, '-e', print])) as [string, string][])
}

const ours = (variables: string[][]): Texts =>
  Object.fromEntries(variables.filter(([name]) => /^(APIPORTAL|PINGONE)_/.test(name ?? '')))

// ---- PEM and PKCS#12 ----

const openssl = (args: string[]): Promise<Run> => runToEnd('openssl', args, ENV)

/** The certificates of a PEM text as DER in hexadecimal digits, in their order. */
export const certificatesIn = (pem: string): string[] =>
  chain(pem).map((certificate) => new X509Certificate(certificate).raw.toString('hex'))

/** The private key in a PEM file, as openssl writes it. */
export const keyIn = (file: string): Promise<string> => outputOf('openssl', ['pkey', '-in', file])

export interface Container {
  certificates: string[]
  key: string
  /** The name of the key. */
  alias: string | undefined
  /** How it is protected, in openssl's words. */
  protection: string
}

/** What openssl finds in a PKCS#12 container, or why not. `password` is a file. */
export async function openContainer(
  file: string,
  password: string,
  options: string[] = [],
): Promise<Container | { refused: string }> {
  const { code, stdout, stderr } = await openssl([
    ...['pkcs12', '-in', file, '-passin', `file:${password}`, '-info', '-nodes', ...options],
  ])
  if (code !== 0) return { refused: stderr }
  const opened = `${file}.opened.pem`
  writeFileSync(opened, stdout, { mode: 0o600 })
  const beforeKey = stdout.slice(0, stdout.indexOf('-----BEGIN PRIVATE KEY-----'))
  const alias = [...beforeKey.matchAll(/friendlyName: (.*)/g)].at(-1)?.[1]
  return { certificates: certificatesIn(stdout), key: await keyIn(opened), alias, protection: stderr }
}

/** What openssl needs to be told for old containers, if it was built to open any. */
export async function legacyOption(): Promise<string[]> {
  const { code } = await openssl(['list', '-providers', '-provider', 'legacy'])
  return code === 0 ? ['-legacy'] : []
}

/** What Java's keytool says about a PKCS#12 container; `undefined` where there is no Java. */
export async function readByKeytool(file: string, password: string): Promise<string | undefined> {
  const options = ['-list', '-v', '-storetype', 'PKCS12', '-keystore', file, '-storepass:file', password]
  try {
    return await outputOf('keytool', options)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
