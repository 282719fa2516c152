import { generateRunName } from '../app/run_names'
import { Sending } from '../app/sending.svelte'
import { t } from '../messages/language.svelte'
import {
  asUserError,
  tauri,
  type ExportFormatView,
  type ExportProgressView,
  type ExportRequest,
  type FormatName,
  type KeyStoreName,
  type PreviewView,
  type UserError,
} from '../tauri'

/** The formats as they stand together in the dialog. */
export const FORMAT_GROUPS = {
  connection: ['connection'],
  serviceKey: ['serviceKey', 'serviceKeyWrapped'],
  destination: ['destinationJson', 'destinationYaml', 'destinationProperties'],
  certificateFiles: ['pem', 'pemFiles', 'pkcs12'],
  tools: ['environment', 'kubernetesSecret', 'curl'],
} as const satisfies Record<string, readonly FormatName[]>

export type FormatGroup = keyof typeof FORMAT_GROUPS

/** *Export…* as the person fills it in: which credentials, format and password. The core writes the file. */
export class ExportForm extends Sending {
  formats = $state.raw<ExportFormatView[]>([])
  previews = $state.raw<PreviewView[]>([])
  /** Why the formats or the preview could not be had. */
  problem = $state.raw<UserError | null>(null)
  /** The preview is of another choice; the next one is on its way. */
  stale = $state(false)
  password = $state('')
  repeated = $state('')
  legacy = $state(false)
  progress = $state.raw<ExportProgressView | null>(null)
  cancelling = $state(false)
  /** The last run was cancelled by the user. */
  wasCancelled = $state(false)
  /** The person has tried to export: from then on the form says what is missing. */
  tried = $state(false)

  #ids = $state.raw<string[]>([])
  #format = $state<FormatName>('connection')
  #keystore = $state<KeyStoreName>('pkcs12')
  /** Counts questions to the core: a reply that is older than a newer one is dropped. */
  #question = 0
  #run: string | null = null

  get ids(): string[] {
    return this.#ids
  }

  set ids(ids: string[]) {
    this.#ids = ids
    void this.#askFormats()
  }

  get format(): FormatName {
    return this.#format
  }

  set format(format: FormatName) {
    this.#format = format
    this.clear()
    void this.#askPreview()
  }

  get keystore(): KeyStoreName {
    return this.#keystore
  }

  set keystore(keystore: KeyStoreName) {
    this.#keystore = keystore
    void this.#askPreview()
  }

  get chosen(): ExportFormatView | null {
    return this.formats.find(({ format }) => format === this.#format) ?? null
  }

  get takesKeystore(): boolean {
    return this.chosen?.takesKeystore ?? false
  }

  get takesPassword(): boolean {
    return (this.chosen?.takesPassword ?? false) && (!this.takesKeystore || this.#keystore === 'pkcs12')
  }

  get groups(): { group: FormatGroup; formats: ExportFormatView[] }[] {
    const names = Object.entries(FORMAT_GROUPS) as [FormatGroup, readonly FormatName[]][]
    return names
      .map(([group, known]) => ({ group, formats: this.formats.filter(({ format }) => known.includes(format)) }))
      .filter(({ formats }) => formats.length > 0)
  }

  get repeatProblem(): string | null {
    return this.tried && this.takesPassword && this.password !== this.repeated ? t('export-passwords-differ') : null
  }

  /** Starts again from empty, for these credentials. */
  begin(ids: string[]) {
    this.end()
    this.#format = 'connection'
    this.#keystore = 'pkcs12'
    this.formats = []
    this.ids = ids
  }

  /** The dialog is closed: what runs is cancelled, and no password stays. */
  end() {
    this.cancel()
    this.#run = null
    this.#question++
    this.password = ''
    this.repeated = ''
    this.legacy = false
    this.previews = []
    this.progress = null
    this.problem = null
    this.wasCancelled = false
    this.tried = false
    this.clear()
  }

  /** Writes the file. Returns its path; null if there is none, because of an error or because the user cancelled. */
  async export(): Promise<string | null> {
    if (this.busy || this.#ids.length === 0) return null
    this.tried = true
    this.wasCancelled = false
    const wrong = this.repeatProblem
    const run = generateRunName()
    this.#run = run
    this.cancelling = false
    const exported = await this.run(() => {
      if (wrong) throw refusal(wrong)
      return tauri.exportCredentials(run, this.#request(this.password), (progress) => {
        if (this.#run === run) this.progress = progress
      })
    })
    if (this.#run !== run) {
      // The dialog was closed meanwhile: the result is not needed any more.
      this.clear()
      return null
    }
    this.#run = null
    this.progress = null
    if (this.cancelling && !exported) {
      this.wasCancelled = true
      this.clear()
    }
    // It stands beside the field.
    if (wrong) this.clear()
    this.cancelling = false
    return exported?.done.path ?? null
  }

  /** Asks the core to stop. The export has ended when it says so. */
  cancel() {
    if (!this.busy || !this.#run || this.cancelling) return
    this.cancelling = true
    // One that cannot be cancelled ends by itself.
    tauri.cancelRun(this.#run).catch(() => {})
  }

  #request(password: string): ExportRequest {
    return { ids: this.#ids, format: this.#format, password, legacy: this.takesPassword && this.legacy, keystore: this.#keystore }
  }

  async #askFormats() {
    const question = ++this.#question
    if (this.#ids.length === 0) {
      this.formats = []
      this.previews = []
      this.problem = null
      return
    }
    try {
      const formats = await tauri.listExportFormats(this.#ids)
      if (question !== this.#question) return
      this.formats = formats
      // With others chosen, the format may not fit any more.
      if (!this.chosen) this.#format = formats[0]?.format ?? 'connection'
      await this.#askPreview()
    } catch (error) {
      if (question === this.#question) this.problem = asUserError(error)
    }
  }

  async #askPreview() {
    const question = ++this.#question
    this.stale = true
    try {
      // The password is not needed for it, so it is not sent.
      const previews = await tauri.previewExport(this.#request(''))
      if (question !== this.#question) return
      this.previews = previews
      this.problem = null
    } catch (error) {
      if (question !== this.#question) return
      this.previews = []
      this.problem = asUserError(error)
    }
    this.stale = false
  }
}

/** Something is missing: shown as a refusal of the core, so that the focus goes to the field. */
function refusal(message: string): UserError {
  return { code: 'invalidInput', message, hint: '', place: { field: 'password' } }
}
