// Start and memory of the app that ships, against a Tauri window that shows one button. Both are observed from outside,
// through the pixels of the display, so that neither needs a hook: a window counts as started when its picture first is
// the picture that it keeps. (A caret may blink in it: one pixel in five hundred may differ.)

import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { test } from 'vitest'
import { ROOT } from '../support/binaries.ts'
import { Desktop } from '../support/desktop.ts'
import { processTree, proportionalSize } from '../support/memory.ts'
import { pause, until } from '../support/processes.ts'
import { median, report } from './rows.ts'

const RUNS = 9
const PROGRAMS = {
  app: { binary: `${ROOT}/target/release/drawbridge`, title: 'Drawbridge' },
  empty: { binary: `${ROOT}/target/release/examples/empty_window`, title: 'Empty window' },
}

interface Start {
  milliseconds: number
  bytes: number
}

async function start(desktop: Desktop, { binary, title }: { binary: string; title: string }): Promise<Start> {
  const { screen } = desktop
  const pictures: { at: number; picture: Buffer }[] = []
  const began = performance.now()
  const program = desktop.processes.start(binary, [], { env: desktop.env })
  let last = screen.sample()
  let still = began
  // Two seconds without a change of the picture: this is what it stays like.
  while (performance.now() - still < 2_000 || pictures.length === 0) {
    await pause(4)
    const picture = screen.sample()
    if (differing(picture, last) === 0) continue
    last = picture
    pictures.push({ at: performance.now(), picture })
    if (differing(picture, pictures.at(-2)?.picture ?? Buffer.alloc(picture.length)) > 0.002) still = performance.now()
    if (performance.now() - began > 30_000) throw new Error(`${title} does not come to rest`)
  }
  if ((await desktop.windows(title)).length === 0) throw new Error(`${binary} shows no window`)
  const first = pictures.find(({ picture }) => differing(picture, last) < 0.002)!
  const bytes = processTree(program.pid!)
    .map(proportionalSize)
    .reduce((a, b) => a + b, 0)
  await desktop.processes.stop(program)
  await until('the window to go', async () => (await desktop.windows(title)).length === 0)
  await pause(300)
  return { milliseconds: first.at - began, bytes }
}

/** The part of the pixels that differ, from 0 to 1. */
function differing(a: Buffer, b: Buffer): number {
  if (a.equals(b)) return 0
  const one = new Uint32Array(a.buffer, a.byteOffset, a.length / 4)
  const other = new Uint32Array(b.buffer, b.byteOffset, b.length / 4)
  let count = 0
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) count++
  return count / one.length
}

test('start and memory against an empty window', async () => {
  const desktop = await Desktop.open({ screen: { width: 1280, height: 900 }, inDetail: true })
  // Somebody who uses the app already: it opens its database and shows a list.
  mkdirSync(desktop.dataFolder, { recursive: true })
  execFileSync(`${ROOT}/target/release/examples/seed`, [`${desktop.dataFolder}/drawbridge.db`, '100'])
  const measured: Record<keyof typeof PROGRAMS, Start[]> = { app: [], empty: [] }
  try {
    // The first run of each fills the caches; it does not count.
    for (let run = 0; run <= RUNS; run++) {
      for (const name of ['empty', 'app'] as const) {
        const result = await start(desktop, PROGRAMS[name])
        if (run > 0) measured[name].push(result)
      }
    }
  } finally {
    await desktop.close()
  }
  const time = (name: keyof typeof PROGRAMS) => median(measured[name].map(({ milliseconds }) => milliseconds))
  const memory = (name: keyof typeof PROGRAMS) => median(measured[name].map(({ bytes }) => bytes))
  const rows = [
    {
      what: 'start to first screen, against an empty window',
      budget: 1.3,
      measured: time('app') / time('empty'),
      note: `${time('app').toFixed(0)} ms : ${time('empty').toFixed(0)} ms`,
    },
    {
      what: 'memory after start, against an empty window',
      budget: 1.15,
      measured: memory('app') / memory('empty'),
      note: `${(memory('app') / 2 ** 20).toFixed(0)} MiB : ${(memory('empty') / 2 ** 20).toFixed(0)} MiB`,
    },
  ]
  for (const row of rows) report({ ...row, unit: '×', ok: row.measured <= row.budget })
})
