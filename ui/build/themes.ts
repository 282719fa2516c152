import postcss from 'postcss'
import type { Plugin } from 'vite'
import { repair, stylesInUse } from './fundamental_styles.ts'
import { readPackageFile, readSources } from './sources.ts'

const MODULE = 'virtual:themes.css'

/** Our theme names (the values of `data-theme`), the vendor's, and what the browser's own controls should look like. */
const THEMES = [
  { name: 'morning', vendor: 'sap_horizon', scheme: 'light' },
  { name: 'evening', vendor: 'sap_horizon_dark', scheme: 'dark' },
  { name: 'contrast-white', vendor: 'sap_horizon_hcw', scheme: 'light' },
  { name: 'contrast-black', vendor: 'sap_horizon_hcb', scheme: 'dark' },
] as const

/**
 * Provides `virtual:themes.css`: the four Horizon themes as `:root[data-theme=…]`, with only the properties in use.
 * Both vendor packages write plain `:root`, so their files cannot be loaded side by side.
 */
export function themes(): Plugin {
  return {
    name: 'themes',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : null),
    load(id) {
      if (id !== `\0${MODULE}`) return null
      const sources = readSources('.svelte', '.ts', '.css')
      return themeStyles([...sources, stylesInUse(sources)])
    },
  }
}

/** The stylesheet of all themes, with the properties that `styles` name and those that these refer to. */
export function themeStyles(styles: string[]): string {
  return THEMES.map(({ name, vendor, scheme }) => {
    const properties = vendorProperties(vendor)
    const needed = reachable(properties, styles)
    const lines = [...properties].filter(([property]) => needed.has(property)).map(([property, value]) => `${property}:${value};`)
    return `:root[data-theme=${name}]{color-scheme:${scheme};\n${lines.join('\n')}\n}`
  }).join('\n')
}

function vendorProperties(vendor: string): Map<string, string> {
  const properties = new Map<string, string>()
  for (const path of [
    `@sap-theming/theming-base-content/content/Base/baseLib/${vendor}/css_variables.css`,
    `fundamental-styles/dist/theming/${vendor}.css`,
  ]) {
    postcss.parse(repair(readPackageFile(path))).walkRules(':root', (rule) => {
      rule.walkDecls(/^--/, (declaration) => void properties.set(declaration.prop, declaration.value))
    })
  }
  return properties
}

function reachable(properties: Map<string, string>, styles: string[]): Set<string> {
  const found = new Set<string>()
  const visit = (text: string) => {
    for (const [, property] of text.matchAll(/var\(\s*(--[\w-]+)/g)) {
      const value = properties.get(property!)
      if (value === undefined || found.has(property!)) continue
      found.add(property!)
      visit(value)
    }
  }
  styles.forEach(visit)
  return found
}
