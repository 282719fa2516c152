import { expect, test } from 'vitest'
import { App } from '../support/app.ts'
import { drivable, shipped } from '../support/binaries.ts'
import { journey } from '../support/journey.ts'
import { pause, until } from '../support/processes.ts'

const story = journey()

test('the app built for the journeys takes orders from a WebDriver', async () => {
  // Without this the next test would pass for any reason at all.
  const app = await App.start(story.desktop, { binary: drivable() })
  await app.stop()
})

test('the app as it ships opens its window and takes no orders, even when the environment asks for it', async () => {
  const { desktop } = story
  const binary = shipped()
  let session: 'waiting' | 'granted' | 'refused' = 'waiting'
  const attempt = App.start(desktop, { binary, within: 15_000 }).then(
    () => (session = 'granted'),
    () => (session = 'refused'),
  )
  await until('the window, which shows that the app did start', async () => {
    return (await desktop.windows('Drawbridge')).length > 0
  })
  await pause(5_000) // the other build grants a session within one second
  expect(session, 'a program on the same machine could read and click everything').not.toBe('granted')
  await desktop.close()
  await attempt
})
