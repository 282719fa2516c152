import { generateRunName } from '../app/run_names'
import {
  asUserError,
  tauri,
  type FindingView,
  type StageView,
  type TestEventView,
  type TestOutcomeView,
  type TestTargetRequest,
  type UserError,
} from '../tauri'

/** How far a stage has come. */
export type StageProgress =
  | { state: 'waiting' }
  | { state: 'running' }
  | { state: 'passed'; found: string; milliseconds: number | null }
  | { state: 'failed'; finding: FindingView; milliseconds: number | null }
  | { state: 'cancelled' }
  | { state: 'notAttempted' }

/** A test that has come to its end, as it is shown again on return. */
export interface EndedTest {
  outcome: TestOutcomeView
  /** When it ended. */
  at: string
  planned: StageView[]
  reports: ReadonlyMap<string, StageProgress>
}

/** A test under way, by the name that the core knows it by. */
interface Run {
  name: string
  cancelled: boolean
}

/**
 * *Test Connection* as one follows it: the stages with what came of each, and how it ended. The events and the reply
 * travel on separate ways, so that the reply may overtake the last events: what is shown follows from both.
 */
export class TestRun {
  running = $state(false)
  cancelling = $state(false)
  outcome = $state.raw<TestOutcomeView | null>(null)
  /** When the outcome was there. */
  at = $state.raw<string | null>(null)
  /** Why the test could not be carried out; that says nothing about the connection. */
  error = $state.raw<UserError | null>(null)

  #planned = $state.raw<StageView[]>([])
  #reports = $state.raw<ReadonlyMap<string, StageProgress>>(new Map())
  /** The run that is shown; events and replies of any other are dropped. */
  #run: Run | null = null

  readonly stages = $derived(this.#planned.map((stage, place) => ({ ...stage, progress: this.#progress(stage, place) })))

  /** Starts a new test. Returns the outcome, or null when the test could not be carried out or nobody waits for it any more. */
  async start(target: TestTargetRequest): Promise<TestOutcomeView | null> {
    this.forget()
    const run = { name: generateRunName(), cancelled: false }
    this.#run = run
    this.running = true
    try {
      const outcome = await tauri.testConnection(run.name, target, (event) => this.#follow(run, event))
      if (run !== this.#run) return null
      this.outcome = outcome
      this.at = new Date().toISOString()
      return outcome
    } catch (error) {
      if (run === this.#run) this.error = asUserError(error)
      return null
    } finally {
      if (run === this.#run) this.#ended()
    }
  }

  /** What is shown now, if it has come to its end. */
  get ended(): EndedTest | null {
    const { outcome, at } = this
    return outcome && at ? { outcome, at, planned: this.#planned, reports: this.#reports } : null
  }

  /** Shows a test that ended before. */
  show({ outcome, at, planned, reports }: EndedTest) {
    this.outcome = outcome
    this.at = at
    this.#planned = planned
    this.#reports = reports
  }

  /** Asks the core to stop; the test has ended when it says so. */
  cancel() {
    if (!this.running || !this.#run) return
    this.cancelling = true
    cancelInCore(this.#run)
  }

  /** Shows nothing any more, and ends what still runs: what was tested has become another thing, or nobody looks. */
  forget() {
    if (this.running && this.#run) cancelInCore(this.#run)
    this.#run = null
    this.#ended()
    this.outcome = null
    this.at = null
    this.error = null
    this.#planned = []
    this.#reports = new Map()
  }

  #ended() {
    this.running = false
    this.cancelling = false
  }

  #follow(run: Run, event: TestEventView) {
    // The wish may have reached the core before the test did, and come to nothing.
    if (run.cancelled) cancelInCore(run)
    if (run !== this.#run) return
    switch (event.event) {
      case 'planned':
        this.#planned = event.stages
        break
      case 'started':
        this.#report(event.stage, { state: 'running' })
        break
      case 'passed':
        this.#report(event.stage, { state: 'passed', found: event.found, milliseconds: event.milliseconds })
        break
      case 'failed':
        this.#report(event.stage, { state: 'failed', finding: event.finding, milliseconds: event.milliseconds })
        break
    }
  }

  #report(stage: string, progress: StageProgress) {
    this.#reports = new Map(this.#reports).set(stage, progress)
  }

  #progress(stage: StageView, place: number): StageProgress {
    const told = this.#reports.get(stage.code) ?? { state: 'waiting' }
    if (told.state === 'passed' || told.state === 'failed') return told
    if (this.error) return told.state === 'running' ? { state: 'cancelled' } : { state: 'notAttempted' }
    switch (this.outcome?.outcome) {
      case undefined:
        return told
      case 'passed':
        return { state: 'passed', found: '', milliseconds: null }
      case 'cancelled':
        return told.state === 'running' ? { state: 'cancelled' } : { state: 'notAttempted' }
      case 'failed': {
        const { finding } = this.outcome
        const failed = this.#planned.findIndex(({ code }) => code === finding.stage.code)
        if (place === failed) return { state: 'failed', finding, milliseconds: null }
        return place < failed ? { state: 'passed', found: '', milliseconds: null } : { state: 'notAttempted' }
      }
    }
  }
}

function cancelInCore(run: Run) {
  run.cancelled = true
  // Failing to cancel harms nobody: each stage has its time limit.
  tauri.cancelRun(run.name).catch(() => {})
}
