// For some seconds what "make bench" does for a minute, so that what breaks under load is noticed at once.

import { expect, test } from 'vitest'
import { drivable, load as generator, serviceKeys } from '../support/binaries.ts'
import { soak } from './soak.ts'

test('under load, while keys come and go, the token service loses and leaks nothing', async () => {
  const build = { drawbridge: drivable(), load: generator(), serviceKeys: serviceKeys() }
  const { load, keys, wrong, before, after, leftOver } = await soak(build, 5)
  expect(load.errors, `every request is answered; the first that was not: ${load.first_error}`).toBe(0)
  expect(load.requests, 'there was a load').toBeGreaterThan(100)
  expect(keys, 'keys came and went').toBeGreaterThan(3)
  expect(wrong, 'a key is good from the moment it exists to the moment it is deleted').toEqual([])
  expect(after.files, 'open files').toBeLessThanOrEqual(before.files)
  expect(after.threads, 'threads').toBeLessThanOrEqual(before.threads + 1)
  expect(leftOver).toEqual({ rows: 0, items: 0 })
})
