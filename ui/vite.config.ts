import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { fundamentalStyles } from './build/fundamental_styles.ts'
import { themes } from './build/themes.ts'

export default defineConfig({
  plugins: [fundamentalStyles(), themes(), svelte()],
  // The window loads the pages from a custom protocol: every address is relative.
  base: './',
  build: {
    target: 'es2022',
    // A font or picture inlined as a data: address would be refused by the Content Security Policy.
    assetsInlineLimit: 0,
    // The polyfill is an inline script, and the policy refuses those too.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts', 'build/**/*.test.ts'],
    css: false,
  },
  // Components are mounted in tests, which only Svelte's browser build can do.
  resolve: process.env['VITEST'] ? { conditions: ['browser'] } : {},
})
