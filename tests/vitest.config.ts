import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['journeys/**/*.test.ts'],
    // Each journey has a desktop of its own; two of them share the machine well enough.
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 60_000,
    // The screens fill in their own time, slower on a busy machine: what is compared is asked again until it is so.
    expect: { poll: { timeout: 10_000, interval: 100 } },
    reporters: ['verbose'],
  },
})
