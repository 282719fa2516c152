// Writes src/messages/ids.ts: every message of the screens with the arguments it takes, so that a missing one is a type error.
// Fails where the languages differ in their messages, or a message in its arguments.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { FluentParser, Visitor } from '@fluent/syntax'

const messages = new URL('../../messages/', import.meta.url)
const target = new URL('../src/messages/ids.ts', import.meta.url)

/** The messages of one language: for each id the names of its arguments, sorted. */
export function readMessages(language) {
  const found = new Map()
  const folder = new URL(`${language}/`, messages)
  for (const file of readdirSync(folder).filter((name) => /^ui-.*\.ftl$/.test(name)).sort()) {
    const resource = new FluentParser().parse(readFileSync(new URL(file, folder), 'utf8'))
    for (const entry of resource.body) {
      if (entry.type === 'Junk') throw new Error(`${language}/${file}: ${entry.annotations[0]?.message}: ${entry.content.split('\n')[0]}`)
      if (entry.type !== 'Message') continue
      if (found.has(entry.id.name)) throw new Error(`${language}/${file}: ${entry.id.name} is there twice`)
      const names = new Set()
      class Arguments extends Visitor {
        visitVariableReference(node) {
          names.add(node.id.name)
        }
      }
      new Arguments().visit(entry)
      found.set(entry.id.name, [...names].sort())
    }
  }
  return found
}

/** The text of ids.ts. */
export function generate() {
  const english = readMessages('en')
  const german = readMessages('de')
  for (const [id, names] of english) {
    if (!german.has(id)) throw new Error(`messages/de lacks ${id}`)
    if (german.get(id).join() !== names.join()) throw new Error(`messages/de: ${id} has other arguments`)
  }
  for (const id of german.keys()) if (!english.has(id)) throw new Error(`messages/en lacks ${id}`)
  const lines = [...english].map(([id, names]) => {
    const fields = names.map((name) => `${name}: Argument`).join('; ')
    return `  '${id}': ${fields ? `{ ${fields} }` : 'null'}`
  })
  return `// Generated from messages/en/ui-*.ftl by build/messages.mjs.
export type Argument = string | number

export interface Messages {
${lines.join('\n')}
}
`
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  mkdirSync(new URL('.', target), { recursive: true })
  writeFileSync(target, generate())
}
