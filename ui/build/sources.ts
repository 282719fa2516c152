import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const UI = join(dirname(fileURLToPath(import.meta.url)), '..')
const MODULES = join(UI, '..', 'node_modules')

/** Text of a file of an npm package, e.g. `fundamental-styles/dist/button.css`. */
export function readPackageFile(path: string): string {
  return readFileSync(join(MODULES, path), 'utf8')
}

/** Text of every source file of the screens with one of these endings; tests are left out. */
export function readSources(...endings: string[]): string[] {
  const source = join(UI, 'src')
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((path) => endings.some((ending) => path.endsWith(ending)) && !path.includes('.test.'))
    .map((path) => readFileSync(join(source, path), 'utf8'))
}
