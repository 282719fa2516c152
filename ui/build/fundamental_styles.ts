import postcss from 'postcss'
import type { Plugin } from 'vite'
import { readPackageFile, readSources } from './sources.ts'

const MODULE = 'virtual:fundamental.css'

/** The parts of fundamental-styles in use. */
const STYLESHEETS = [
  'icon',
  'button',
  'icon-tab-bar',
  'title',
  'link',
  'breadcrumb',
  'bar',
  'table',
  'object-status',
  'input',
  'textarea',
  'checkbox',
  'radio',
  'form-item',
  'form-label',
  'menu',
  'dialog',
  'message-strip',
  'busy-indicator',
]

/**
 * Provides `virtual:fundamental.css`: the stylesheets above, repaired, with only the rules that can apply here. Of about
 * 700 KB that leaves a tenth, which is memory and start-up time of every window.
 */
export function fundamentalStyles(): Plugin {
  return {
    name: 'fundamental-styles',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : null),
    load: (id) => (id === `\0${MODULE}` ? stylesInUse(readSources('.svelte', '.ts', '.css')) : null),
  }
}

/**
 * The vendor's rules that `sources` can make apply. A class counts as used when its name stands whole in a source, so
 * class names are never put together from parts.
 */
export function stylesInUse(sources: string[]): string {
  const used = usedClasses(sources)
  return STYLESHEETS.map((name) => keepUsedRules(repair(readPackageFile(`fundamental-styles/dist/${name}.css`)), used)).join('\n')
}

/** Two mistakes of the published files that Vite's parser rejects, rightly. Error recovery would hide our own as well. */
export function repair(css: string): string {
  return css
    .replaceAll(/var\(true,\s*(var\(--[\w-]+\))\)/g, '$1')
    .replaceAll('var(sapPageHeader_TextColor)', 'var(--sapPageHeader_TextColor)')
}

export function usedClasses(sources: string[]): Set<string> {
  return new Set(sources.flatMap((source) => source.match(/\b(?:fd-|sap-icon)[\w-]*/g) ?? []))
}

/** Drops every selector that needs a class nobody uses, or text running from right to left, which we never set. */
export function keepUsedRules(css: string, used: Set<string>): string {
  const root = postcss.parse(css)
  root.walkRules((rule) => {
    // Keyframe steps look like rules, yet have no classes.
    if (rule.parent?.type === 'atrule' && (rule.parent as postcss.AtRule).name.endsWith('keyframes')) return
    const kept = rule.selectors.filter((selector) => isUsed(selector, used))
    if (kept.length === 0) rule.remove()
    else if (kept.length < rule.selectors.length) rule.selectors = kept
  })
  root.walkAtRules((atRule) => {
    if (atRule.nodes?.length === 0) atRule.remove()
  })
  return root.toString()
}

function isUsed(selector: string, used: Set<string>): boolean {
  // What stands in :not(…) or :is(…) is not required, so it does not speak against a selector.
  const required = selector.replaceAll(/:[\w-]+\((?:[^()]|\([^()]*\))*\)/g, '')
  if (/\[dir=["']?rtl/.test(required)) return false
  const classes = required.match(/\.(?:fd-|sap-icon)[\w-]*/g) ?? []
  return classes.every((name) => used.has(name.slice(1)))
}
