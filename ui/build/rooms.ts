import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path/posix'
import { parse } from 'svelte/compiler'
import ts from 'typescript'

/** What each source file imports of the others, types included: paths below `src/`. */
export type Imports = ReadonlyMap<string, readonly string[]>

/** What every room above stands on: types, words, and the one file that talks to the core. */
const BASE = ['wire', 'tauri.ts', 'messages', 'labels']
/** What a feature is made of; never another feature. */
const FEATURE = [...BASE, 'kit', 'app', 'documents', 'requests', 'tenants']

/**
 * The rooms of `src/`, from the ground up, each with the rooms that its files may import from. A file that stands in no room,
 * as `App.svelte` and `main.ts` do, puts the rooms together and may import from all of them. `testing` is open to tests only.
 */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  wire: [],
  messages: [],
  'tauri.ts': ['wire', 'messages'],
  labels: ['tauri.ts', 'messages'],
  assets: [],
  kit: ['messages'],
  app: [...BASE, 'kit', 'assets'],
  documents: [...BASE, 'kit', 'app'],
  requests: [...BASE, 'kit', 'app', 'documents'],
  tenants: [...BASE, 'kit', 'app'],
  portals: FEATURE,
  hubs: FEATURE,
  connections: FEATURE,
  pingone: FEATURE,
  people: [...FEATURE, 'assets'],
  settings: FEATURE,
  home: FEATURE,
  testing: [...FEATURE],
}

/** Reads the imports of all files below `folder`. */
export function readImports(folder: string): Imports {
  const files = (readdirSync(folder, { recursive: true, encoding: 'utf8' }) as string[])
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.(ts|svelte)$/.test(file))
  return new Map(files.map((file) => [file, importsOf(file, readFileSync(join(folder, file), 'utf8'), folder)]))
}

function importsOf(file: string, source: string, folder: string): string[] {
  return ts
    .preProcessFile(file.endsWith('.svelte') ? scriptsOf(source) : source)
    .importedFiles.map(({ fileName }) => fileName.replace(/\?.*$/, ''))
    .filter((path) => path.startsWith('.'))
    .map((path) => resolve(normalize(join(dirname(file), path)), folder))
}

/** The scripts of a component: its own one, and that of its module. */
function scriptsOf(source: string): string {
  const { instance, module } = parse(source, { modern: true })
  return [module, instance].map((script) => (script ? source.slice(...rangeOf(script.content)) : '')).join('\n')
}

function rangeOf(node: unknown): [number, number] {
  const { start, end } = node as { start: number; end: number }
  return [start, end]
}

function resolve(path: string, folder: string): string {
  const found = [path, `${path}.ts`, `${path}/index.ts`].find((name) => {
    const whole = join(folder, name)
    return existsSync(whole) && statSync(whole).isFile()
  })
  // What is generated may be missing.
  return found ?? path
}

/** The circles: each a list of files, every one of which imports the next, and the last the first. */
export function circlesOf(imports: Imports): string[][] {
  const circles: string[][] = []
  const done = new Set<string>()
  const visit = (file: string, path: string[]) => {
    const begin = path.indexOf(file)
    if (begin >= 0) circles.push(path.slice(begin))
    if (begin >= 0 || done.has(file)) return
    for (const next of imports.get(file) ?? []) visit(next, [...path, file])
    done.add(file)
  }
  for (const file of imports.keys()) visit(file, [])
  return circles
}

/** The room that a file stands in; null if it puts the rooms together. */
function roomOf(file: string): string | null {
  const first = file.split('/')[0]!
  return first in ROOMS || file.includes('/') ? first : null
}

/** The imports that the rooms forbid: "kit/Grid.svelte imports wire/index.ts". */
export function trespassesOf(imports: Imports): string[] {
  return [...imports].flatMap(([file, imported]) =>
    imported.filter((other) => !mayImport(file, other)).map((other) => `${file} imports ${other}`),
  )
}

function mayImport(file: string, other: string): boolean {
  const [room, otherRoom] = [roomOf(file), roomOf(other)]
  if (otherRoom === 'testing') return room === 'testing' || file.includes('.test.')
  if (room === null) return true
  return otherRoom !== null && (otherRoom === room || (ROOMS[room] ?? []).includes(otherRoom))
}
