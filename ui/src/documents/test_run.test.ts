import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { FindingView, TestEventView, TestOutcomeView } from '../tauri'
import { TestRun } from './test_run.svelte'

const DOCUMENT = { code: 'document', name: 'Document' }
const TOKEN = { code: 'token', name: 'Token' }
const PORTAL_API = { code: 'portal_api', name: 'Portal API' }
const planned: TestEventView = { event: 'planned', stages: [DOCUMENT, TOKEN, PORTAL_API] }
const finding: FindingView = {
  stage: TOKEN,
  code: 'key_deleted',
  message: 'The service key of these credentials was deleted.',
  short: 'Service key deleted',
  remedy: 'Regenerate the credentials.',
  seen: 'HTTP 401',
  repair: 'reestablish',
}

/** The core: runs tests that say and end what they are told to, whenever they are told to. */
class Core {
  runs: { name: string; tell: (event: TestEventView) => void; end: (outcome: TestOutcomeView) => Promise<void>; fail: (error: unknown) => Promise<void> }[] = []
  cancelled: string[] = []

  invoke = (command: string, args: { run: string; events: { onmessage: (event: TestEventView) => void } }) => {
    if (command === 'cancel_run') {
      this.cancelled.push(args.run)
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const settled = () => new Promise<void>((done) => setTimeout(done))
      this.runs.push({
        name: args.run,
        tell: (event) => args.events.onmessage(event),
        end: (outcome) => (resolve(outcome), settled()),
        fail: (error) => (reject(error), settled()),
      })
    })
  }
}

let core: Core
beforeEach(() => {
  core = new Core()
  vi.stubGlobal('__TAURI_INTERNALS__', { invoke: core.invoke, transformCallback: () => 1 })
})

function start() {
  const run = new TestRun()
  const ended = run.start({ target: 'request', id: 'r1' })
  return { run, ended, ...core.runs.at(-1)! }
}

const states = (run: TestRun) => run.stages.map(({ progress }) => progress.state)

describe('a test of a connection', () => {
  it('shows each stage as it comes', async () => {
    const { run, ended, tell, end } = start()
    expect(run.running).toBe(true)
    tell(planned)
    expect(states(run)).toEqual(['waiting', 'waiting', 'waiting'])
    tell({ event: 'started', stage: 'document' })
    expect(states(run)).toEqual(['running', 'waiting', 'waiting'])
    tell({ event: 'passed', stage: 'document', found: 'client secret credentials', milliseconds: 3 })
    tell({ event: 'started', stage: 'token' })
    expect(run.stages[0]!.progress).toEqual({ state: 'passed', found: 'client secret credentials', milliseconds: 3 })
    expect(states(run)).toEqual(['passed', 'running', 'waiting'])
    tell({ event: 'passed', stage: 'token', found: '', milliseconds: 20 })
    tell({ event: 'passed', stage: 'portal_api', found: '1 API', milliseconds: 20 })
    await end({ outcome: 'passed', apis: [] })
    expect(await ended).toEqual({ outcome: 'passed', apis: [] })
    expect(run.running).toBe(false)
    expect(states(run)).toEqual(['passed', 'passed', 'passed'])
  })

  it('attempts no stage after the one that failed', async () => {
    const { run, tell, end } = start()
    tell(planned)
    tell({ event: 'passed', stage: 'document', found: '', milliseconds: 0 })
    tell({ event: 'failed', stage: 'token', finding, milliseconds: 8 })
    await end({ outcome: 'failed', finding })
    expect(states(run)).toEqual(['passed', 'failed', 'notAttempted'])
  })

  it('shows the right stages when the reply overtakes the last events', async () => {
    const { run, tell, end } = start()
    tell(planned)
    tell({ event: 'started', stage: 'document' })
    await end({ outcome: 'failed', finding })
    expect(states(run), 'nothing may seem to run any more').toEqual(['passed', 'failed', 'notAttempted'])
    tell({ event: 'passed', stage: 'document', found: 'late', milliseconds: 4 })
    expect(run.stages[0]!.progress).toEqual({ state: 'passed', found: 'late', milliseconds: 4 })
  })

  it('is cancelled by its name, and has ended when the core says so', async () => {
    const { run, name, tell, end } = start()
    tell(planned)
    tell({ event: 'passed', stage: 'document', found: '', milliseconds: 0 })
    tell({ event: 'started', stage: 'token' })
    run.cancel()
    expect(core.cancelled).toEqual([name])
    expect([run.running, run.cancelling]).toEqual([true, true])
    await end({ outcome: 'cancelled' })
    expect([run.running, run.cancelling]).toEqual([false, false])
    expect(states(run)).toEqual(['passed', 'cancelled', 'notAttempted'])
  })

  it('is cancelled again if the wish came to the core before the test', () => {
    const { run, name, tell } = start()
    run.cancel()
    tell(planned)
    expect(core.cancelled, 'the first wish found nothing to cancel').toEqual([name, name])
  })

  it('replaces the former result, and drops what still comes of it', async () => {
    const first = start()
    first.tell(planned)
    const ended = first.run.start({ target: 'request', id: 'r1' })
    const second = core.runs.at(-1)!
    expect(core.cancelled, 'nobody waits for the first any more').toEqual([first.name])
    expect(first.run.stages).toEqual([])
    first.tell({ event: 'failed', stage: 'token', finding, milliseconds: 1 })
    await first.end({ outcome: 'failed', finding })
    expect(await first.ended, 'the outcome of something else').toBeNull()
    expect([first.run.running, first.run.outcome]).toEqual([true, null])
    await second.end({ outcome: 'passed', apis: [] })
    expect(await ended).toEqual({ outcome: 'passed', apis: [] })
  })

  it('is ended when it is forgotten, and leaves nothing to see', async () => {
    const { run, name, tell, end } = start()
    tell(planned)
    run.forget()
    expect(core.cancelled).toEqual([name])
    expect([run.running, run.stages.length]).toEqual([false, 0])
    tell({ event: 'started', stage: 'document' })
    await end({ outcome: 'cancelled' })
    expect([run.outcome, run.stages.length]).toEqual([null, 0])
  })

  it('that could not be carried out says so, and nothing about the connection', async () => {
    const { run, ended, tell, fail } = start()
    tell(planned)
    tell({ event: 'started', stage: 'document' })
    await fail({ code: 'keychain', message: 'The keychain is locked.', hint: 'Unlock it.' })
    expect(await ended).toBeNull()
    expect(run.error?.message).toBe('The keychain is locked.')
    expect(run.outcome).toBeNull()
    expect(states(run)).not.toContain('running')
  })
})
