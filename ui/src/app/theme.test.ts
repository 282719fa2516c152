import { beforeEach, describe, expect, it, vi } from 'vitest'

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {} }))
})

describe('the theme', () => {
  it('follows the system for brightness and contrast', async () => {
    const { themeFor } = await import('./theme')
    expect(themeFor('system', { dark: false, contrast: false })).toBe('morning')
    expect(themeFor('system', { dark: true, contrast: false })).toBe('evening')
    expect(themeFor('system', { dark: false, contrast: true })).toBe('contrast-white')
    expect(themeFor('system', { dark: true, contrast: true })).toBe('contrast-black')
  })

  it('is the chosen one whatever the system says', async () => {
    const { themeFor } = await import('./theme')
    expect(themeFor('contrast-black', { dark: false, contrast: false })).toBe('contrast-black')
  })

  it('is remembered and shown at once', async () => {
    const { chooseTheme, readThemeChoice } = await import('./theme')
    chooseTheme('evening')
    expect(readThemeChoice()).toBe('evening')
    expect(document.documentElement.dataset.theme).toBe('evening')
  })
})
