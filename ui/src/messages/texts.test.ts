import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'svelte/compiler'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const sources = (readdirSync('src', { recursive: true }) as string[]).filter(
  (file) => /\.(svelte|ts)$/.test(file) && !/\.test\.ts$|^testing\/|^labels\/|^wire\/|^messages\/ids/.test(file.replaceAll('\\', '/')),
)

/** Attributes that a person reads or hears. */
const READ = /^(aria-label|aria-description|alt|title|placeholder|label|text|hint|subtitle|message|name of the thing)$/

/** What reads the same in every language: names (of a language: in its own), technical words. */
const NAMES = /^(Drawbridge|English|Deutsch|PingOne|URL|API|APIs|JSON|OK|PEM|·|ID|:)$/

/** The texts that stand in a component itself: between its tags, in its attributes, in its script. */
function textsOf(file: string): string[] {
  const source = readFileSync(`src/${file}`, 'utf8')
  if (file.endsWith('.ts')) return stringsOf(source).filter((text) => isSentence(text) && !NAMES.test(text))
  const { fragment, instance, module } = parse(source, { modern: true }) as any
  const found: string[] = []
  walk(fragment, (node, parent) => {
    if (node.type === 'Text' && parent?.type !== 'Attribute') found.push(node.data)
    if (node.type === 'Attribute' && READ.test(node.name) && Array.isArray(node.value))
      for (const part of node.value) if (part.type === 'Text') found.push(part.data)
    if (node.type === 'Literal' && typeof node.value === 'string' && isSentence(node.value)) found.push(node.value)
    if (node.type === 'TemplateElement' && isSentence(node.value.cooked)) found.push(node.value.cooked)
  })
  for (const script of [instance, module])
    if (script) found.push(...stringsOf(source.slice(script.content.start, script.content.end)).filter(isSentence))
  return found.map((text) => text.trim()).filter((text) => /\p{L}{2}/u.test(text) && !NAMES.test(text))
}

/** Two words or more, or one that begins like a sentence. */
function isSentence(text: string): boolean {
  return /^\s*\p{Lu}\p{Ll}+/u.test(text) || /\p{Ll}{2} \p{L}{2}/u.test(text)
}

/** The texts in TypeScript, but for those that a programmer reads. */
function stringsOf(source: string): string[] {
  const found: string[] = []
  const visit = (node: ts.Node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isLiteralTypeNode(node)) return
    if (ts.isNewExpression(node) && node.expression.getText().endsWith('Error')) return
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) found.push(node.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('script.ts', source, ts.ScriptTarget.Latest, true))
  return found
}

function walk(node: any, visit: (node: any, parent: any) => void, parent: any = null) {
  if (Array.isArray(node)) return node.forEach((each) => walk(each, visit, parent))
  if (typeof node !== 'object' || node === null) return
  if (typeof node.type === 'string') visit(node, parent)
  for (const [key, value] of Object.entries(node)) if (key !== 'parent') walk(value, visit, typeof node.type === 'string' ? node : parent)
}

/** Classes, selectors, names of properties and of keys look like words but are none. */
const NO_TEXT = /^(sap-icon|fd-|is-|--|#|\.)|^main input$|^(Enter|Escape|Tab|Home|End|Page(Up|Down)|Arrow\w+|Backspace|Delete|Shift|Control|Space)$/

describe('the texts of the screens', () => {
  it.each(sources)('of %s stand in the message files, so that they are there in every language', (file) => {
    expect(textsOf(file).filter((text) => !NO_TEXT.test(text))).toEqual([])
  })

  it('are asked for where a change of the language is noticed', () => {
    // `const title = t('…')` would stay in the language of the moment.
    const once = sources.filter((file) => /^\s{0,2}(export )?const \w+(: [^=]+)? = t\(/m.test(readFileSync(`src/${file}`, 'utf8')))
    expect(once).toEqual([])
  })
})
