import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['bench/**/*.test.ts'],
    fileParallelism: false, // one measurement at a time
    testTimeout: 600_000,
    hookTimeout: 60_000,
    reporters: ['verbose'],
  },
})
