/** What the person chose in the theme menu: to follow the system, or one theme for good. */
export type ThemeChoice = 'system' | Theme
export type Theme = 'morning' | 'evening' | 'contrast-white' | 'contrast-black'

export const THEME_CHOICES: readonly ThemeChoice[] = ['system', 'morning', 'evening', 'contrast-white', 'contrast-black']

// public/theme_at_start.js reads the same key before first paint.
const KEY = 'theme'

const prefersDark = matchMedia('(prefers-color-scheme: dark)')
const prefersContrast = matchMedia('(prefers-contrast: more)')

export function readThemeChoice(): ThemeChoice {
  const stored = localStorage.getItem(KEY)
  return THEME_CHOICES.find((choice) => choice === stored) ?? 'system'
}

export function chooseTheme(choice: ThemeChoice) {
  localStorage.setItem(KEY, choice)
  applyTheme()
}

/** Follows the system's setting live for as long as no theme is chosen. */
export function followSystemTheme() {
  prefersDark.addEventListener('change', applyTheme)
  prefersContrast.addEventListener('change', applyTheme)
  applyTheme()
}

/** The theme that fits the system's setting. Windows' inverse contrast does not report "dark": hence the manual choice. */
export function themeFor(choice: ThemeChoice, system: { dark: boolean; contrast: boolean }): Theme {
  if (choice !== 'system') return choice
  if (system.contrast) return system.dark ? 'contrast-black' : 'contrast-white'
  return system.dark ? 'evening' : 'morning'
}

function applyTheme() {
  const system = { dark: prefersDark.matches, contrast: prefersContrast.matches }
  document.documentElement.dataset.theme = themeFor(readThemeChoice(), system)
}
