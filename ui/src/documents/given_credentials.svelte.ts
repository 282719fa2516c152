import { release } from '../app/drops'
import { GivenSecret } from './given_secret.svelte'
import {
  asUserError,
  tauri,
  type CandidateView,
  type CredentialsRequest,
  type DocumentRequest,
  type DocumentFindingView,
  type DropEventView,
  type HeldDocumentView,
  type InspectionView,
  type UserError,
} from '../tauri'

/** Short enough to feel immediate, long enough not to comment on half a word. */
const PAUSE_MS = 250
/** Longer: each attempt is work, and half a password is a wrong one. */
const PASSWORD_PAUSE_MS = 600

/** What the fields below the box ask for stands there, not in the list of findings. */
const ASKED_ELSEWHERE: ReadonlySet<string> = new Set(['password_needed', 'wrong_password', 'several_credentials'])

const GRAVITY = { error: 0, warning: 1, note: 2 } as const

/** A portal whose current credentials can be used. */
export interface PortalName {
  id: string
  name: string
}

/**
 * Access credentials as a form is given them: typed, or held by the core, which read them from clipboard, file or drop, so
 * that their text never comes here; or the current ones of a portal, which the core has. With what the person chose or added, and what the core recognised. Those of a request
 * can also be given as a client id and a secret in two fields.
 */
export class GivenCredentials {
  /** What was recognised last; null while there is nothing to recognise, or no answer yet. */
  inspection = $state.raw<InspectionView | null>(null)
  /** `inspection` belongs to the former text; the next answer is on its way. */
  stale = $state(false)
  /** Why nothing could be read, or asked. */
  failure = $state.raw<UserError | null>(null)
  /** The clipboard or a file is being read. */
  reading = $state(false)
  /** A file is over the window. */
  dragged = $state(false)
  /** Counts what the person changed: a refusal holds until the next change. */
  revision = $state(0)
  /** The text of a held document stands in the box, with its secrets: the person wants to mend it. */
  isShown = $state(false)
  /** *Client Secret*, where it is given in a field beside the client id. */
  readonly clientSecret = new GivenSecret()

  #text = $state('')
  /** What was typed before a document took its place. */
  #typed = ''
  #held = $state.raw<HeldDocumentView | null>(null)
  #current = $state.raw<PortalName | null>(null)
  #password = $state('')
  #choice = $state<number | null>(null)
  #portalUrl = $state('')
  #by = $state<'document' | 'fields'>('document')
  #clientId = $state('')

  readonly #replaces: () => string | null
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Counts questions to the core: a reply that is older than a newer one is dropped. */
  #question = 0
  /** Counts beginnings: what is read for a form that was left is not kept for the next one. */
  #beginning = 0

  /** `replaces` gives the request whose credentials these are to replace. */
  constructor(replaces: () => string | null = () => null) {
    this.#replaces = replaces
  }

  get request(): CredentialsRequest {
    return {
      document: this.#document,
      password: this.#password,
      // A choice by number belongs to the text that was inspected, not to one that was typed since.
      choice: this.inspection && !this.stale ? this.#choice : null,
      // A URL that was typed for another text is not meant for a document that names its own.
      portalUrl: this.inspection && !this.stale && !this.wantsUrl ? '' : this.#portalUrl,
    }
  }

  /** What stands in the fields that show what is wrong with them. */
  get fields() {
    const changes = this.revision
    if (this.#by === 'fields') return { credentials: changes, clientId: this.#clientId, clientSecret: changes }
    return { credentials: changes, password: changes, portalUrl: changes }
  }

  get #document(): DocumentRequest {
    if (this.#by === 'fields') return { source: 'fields', requestId: this.#replaces() ?? '', clientId: this.#clientId, clientSecret: this.clientSecret.request }
    if (this.#current) return { source: 'current', portalId: this.#current.id }
    return this.#held ? { source: 'held', id: this.#held.id } : { source: 'text', text: this.#text }
  }

  /** What is given: a document, or client id and secret in two fields. */
  get by(): 'document' | 'fields' {
    return this.#by
  }

  set by(by: 'document' | 'fields') {
    if (by === this.#by) return
    this.#by = by
    this.inspection = null
    this.#ask(0)
  }

  get clientId(): string {
    return this.#clientId
  }

  set clientId(id: string) {
    this.#clientId = id
    this.#ask(PAUSE_MS)
  }

  /** Another client secret is given. */
  followClientSecret() {
    if (this.#by === 'fields') this.#ask(PAUSE_MS)
  }

  clearFields() {
    this.#clientId = ''
    if (this.#by === 'fields') this.#ask(0)
  }

  get held(): HeldDocumentView | null {
    return this.#held
  }

  /** The portal whose current credentials are given. */
  get current(): PortalName | null {
    return this.#current
  }

  /** Gives the current credentials of a portal. */
  useCurrent(portal: PortalName) {
    this.clear()
    this.#current = portal
    this.#ask(0)
  }

  /** Nothing that could be shown as text. */
  get isBinary(): boolean {
    return this.#current !== null || (this.#held !== null && this.#held.text === null)
  }

  get isEmpty(): boolean {
    // Half of them is nothing that could be asked about.
    if (this.#by === 'fields') return this.#clientId.trim() === '' || this.clientSecret.isEmpty
    return this.#held === null && this.#current === null && this.#text.trim() === ''
  }

  /** What stands in the box: what was typed, or a held text with its values hidden. */
  get text(): string {
    return this.#held ? (this.#held.text ?? '') : this.#text
  }

  /** Typing, as long as no document is held. */
  set text(text: string) {
    if (this.#held || this.#current) return
    this.#text = text
    if (this.isEmpty) this.#forgetAdded()
    this.#ask(PAUSE_MS)
  }

  get password(): string {
    return this.#password
  }

  set password(password: string) {
    this.#password = password
    this.#ask(PASSWORD_PAUSE_MS)
  }

  get portalUrl(): string {
    return this.#portalUrl
  }

  set portalUrl(url: string) {
    this.#portalUrl = url
    this.#ask(PAUSE_MS)
  }

  get choice(): number | null {
    return this.#choice
  }

  set choice(choice: number | null) {
    this.#choice = choice
    this.revision++
  }

  get candidates(): CandidateView[] {
    return this.inspection?.candidates ?? []
  }

  /** The credentials that are meant; null if there are none, or one of several has to be chosen first. */
  get candidate(): CandidateView | null {
    const { candidates } = this
    return (candidates.length === 1 ? candidates[0] : candidates[this.#choice ?? -1]) ?? null
  }

  get wantsChoice(): boolean {
    return this.candidates.length > 1
  }

  /** Stays while there is a password: a person who typed the right one must not lose the field while typing. */
  get wantsPassword(): boolean {
    return !this.isEmpty && (this.waitsForPassword || this.#password !== '')
  }

  /** Nothing is known before it is entered. */
  get waitsForPassword(): boolean {
    return (this.inspection?.needsPassword ?? false) || (this.candidate?.needsPassword ?? false)
  }

  get wantsUrl(): boolean {
    return this.candidate?.lacksOnlyUrl ?? false
  }

  /** About the document and what is meant in it, the gravest first. */
  get #all(): DocumentFindingView[] {
    const all = [...(this.inspection?.findings ?? []), ...(this.candidate?.findings ?? [])]
    return all.sort((a, b) => GRAVITY[a.severity] - GRAVITY[b.severity])
  }

  /** The findings that no field below the box says. */
  get findings(): DocumentFindingView[] {
    return this.#all.filter(({ code }) => !ASKED_ELSEWHERE.has(code))
  }

  get passwordProblem(): DocumentFindingView | null {
    return this.#all.find(({ code }) => code === 'wrong_password') ?? null
  }

  /** What is wrong with the URL that was typed. */
  get urlProblem(): DocumentFindingView | null {
    return this.#portalUrl.trim() === '' ? null : (this.candidate?.urlProblem ?? null)
  }

  /** *Paste*: the core reads the clipboard. */
  paste(): Promise<void> {
    return this.#read(tauri.pasteDocument)
  }

  /** *Open file…*: the system's own dialog, then the core reads the file. */
  openFile(): Promise<void> {
    return this.#read(tauri.openDocument)
  }

  /** *Edit as text…*: the system asks; if the person agrees, the text is typed text from then on. */
  editAsText(): Promise<void> {
    return this.#read(async () => {
      const held = this.#held
      const shown = held && (await tauri.showDocument(held.id))
      if (!shown || this.#held !== held) return null
      this.#releaseHeld()
      this.isShown = true
      this.#text = shown.text
      this.#ask(0)
      return null
    })
  }

  /** *Clear*: takes away what was given, and brings back what was typed before. */
  takeAway() {
    const typed = this.#held ? this.#typed : ''
    this.clear()
    this.text = typed
  }

  /** What happens to a document that is dragged over the window, or pasted into it. */
  follow(event: DropEventView) {
    switch (event.event) {
      case 'over':
        this.dragged = true
        break
      case 'left':
        this.dragged = false
        break
      case 'dropped':
        this.dragged = false
        this.#hold(event.document)
        break
      case 'wiped':
        if (!this.#held) break
        this.clear()
        this.failure = event.error
        break
      case 'refused':
        this.dragged = false
        this.failure = event.error
        break
    }
  }

  /** Asks now, without waiting for a pause. */
  inspectNow() {
    this.#ask(0)
  }

  /** The same in the language of now: nothing but the texts of the answer changes. */
  async inspectAgain() {
    if (!this.inspection && !this.failure) return
    clearTimeout(this.#timer)
    this.failure = null
    if (this.isEmpty) return
    await this.#inspect(++this.#question)
  }

  /** Empty again; a held document is wiped. */
  clear() {
    this.#beginning++
    this.reading = false
    this.dragged = false
    this.#releaseHeld()
    this.#current = null
    this.#text = this.#typed = ''
    this.isShown = false
    this.#forgetAdded()
    this.inspection = null
    this.#ask(0)
  }

  async #read(read: () => Promise<HeldDocumentView | null>) {
    if (this.reading) return
    this.reading = true
    this.failure = null
    const beginning = this.#beginning
    const isPast = () => beginning !== this.#beginning
    try {
      const document = await read()
      if (!document) return
      if (isPast()) release(document.id)
      else this.#hold(document)
    } catch (error) {
      if (!isPast()) this.failure = asUserError(error)
    } finally {
      if (!isPast()) this.reading = false
    }
  }

  #hold(document: HeldDocumentView) {
    if (!this.#held) this.#typed = this.#text
    this.isShown = false
    this.#releaseHeld()
    this.#current = null
    this.#text = ''
    this.#forgetAdded()
    this.inspection = null
    this.#held = document
    this.#ask(0)
  }

  #releaseHeld() {
    if (this.#held) release(this.#held.id)
    this.#held = null
  }

  /** What belonged to another document. */
  #forgetAdded() {
    this.#password = ''
    this.#portalUrl = ''
    this.#choice = null
  }

  #ask(pause: number) {
    clearTimeout(this.#timer)
    this.revision++
    this.failure = null
    const question = ++this.#question
    if (this.isEmpty) {
      // The answer about the former text is not needed. A newer question cancels an older one by itself.
      if (question > 1) tauri.cancelRun('inspection').catch(() => {})
      this.inspection = null
      this.stale = false
      return
    }
    // The former answer stays in sight until the next one is there, so that nothing jumps at every letter.
    this.stale = this.inspection !== null
    if (pause === 0) void this.#inspect(question)
    else this.#timer = setTimeout(() => void this.#inspect(question), pause)
  }

  async #inspect(question: number) {
    try {
      const inspection = await tauri.inspectDocument(this.request, this.#replaces())
      if (question === this.#question) this.#show(inspection)
    } catch (error) {
      if (question !== this.#question) return
      this.inspection = null
      this.stale = false
      this.failure = asUserError(error)
    }
  }

  #show(inspection: InspectionView) {
    if (this.inspection && !this.stale) {
      // Nothing has changed since.
      this.inspection = inspection
      return
    }
    // Correcting a word elsewhere in the text does not undo the choice.
    const chosen = this.#choice === null ? undefined : this.candidate?.name
    const before = this.candidates.filter(({ name }) => name === chosen)
    const same = inspection.candidates.flatMap(({ name }, index) => (name === chosen ? [index] : []))
    // Of two with the same name it is not known which was meant.
    const known = inspection.candidates.length > 1 && before.length === 1 && same.length === 1
    this.#choice = known ? same[0]! : null
    this.inspection = inspection
    this.stale = false
  }
}
