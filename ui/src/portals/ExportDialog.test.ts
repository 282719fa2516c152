import { flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { notices } from '../kit/notices.svelte'
import type { CredentialView, ExportableView, ExportFormatView, ExportRequest } from '../tauri'
import { credential, FakeCore } from '../testing/fake_core'
import ExportDialog from './ExportDialog.svelte'

const PASSWORD = 'planted-password'

const format = (name: ExportFormatView['format'], takesPassword = false, takesKeystore = false): ExportFormatView => ({
  format: name,
  name: `as ${name}`,
  takesPassword,
  takesKeystore,
})
const OF_CERTIFICATE = [format('connection'), format('serviceKey'), format('destinationJson', true, true), format('pem'), format('pkcs12', true), format('curl')]
const OF_SECRET = [format('connection'), format('serviceKey'), format('destinationJson'), format('curl')]

const exportable = (id: string, portal: string, certificate: boolean): ExportableView => ({
  portalId: `p-${id}`,
  kind: 'inSap',
  superseded: false,
  portal,
  id,
  clientId: `client-${id}`,
  certificate,
  current: id !== 'c3',
  createdAt: '2026-11-21T05:36:00Z',
})
const ALL = [exportable('c1', 'Orders', true), exportable('c2', 'Billing', false), exportable('c3', 'Billing', true)]

let core: FakeCore
let shown: Record<string, unknown> | undefined

async function settle() {
  for (let turn = 0; turn < 5; turn++) await new Promise((done) => setTimeout(done))
  flushSync()
}

async function show(of: CredentialView | null) {
  const props = { open: true, credential: of, portal: { name: 'Orders', kind: 'local' as const } }
  shown = mount(ExportDialog, { target: document.body, props })
  await settle()
}

const dialog = () => document.querySelector('[role=dialog]')
const words = () => dialog()!.textContent!.replace(/\s+/g, ' ')
const button = (name: string) => [...dialog()!.querySelectorAll('button')].find((each) => each.textContent!.trim() === name)!
const labelled = (name: string) => {
  const label = [...dialog()!.querySelectorAll('label')].find((each) => each.textContent!.replace(/\s+/g, ' ').trim().startsWith(name))
  return label ? (document.getElementById(label.htmlFor) as HTMLInputElement) : null
}
const preview = () => dialog()!.querySelector('[role=region]')!.textContent!.trim()
const exports = () => core.of('export_credentials') as { run: string; request: ExportRequest; progress: { onmessage: (progress: unknown) => void } }[]

/** It leaves the page with the next picture. */
const closed = () => vi.waitFor(() => expect(dialog()).toBeNull())

async function click(element: HTMLElement) {
  element.click()
  await settle()
}

async function fill(name: string, text: string) {
  const field = labelled(name)!
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
  await settle()
}

beforeEach(() => {
  notices.dismiss()
  core = new FakeCore({
    list_exportable: () => ALL,
    list_export_formats: ({ ids }) => (ids.every((id: string) => ALL.find((each) => each.id === id)?.certificate) ? OF_CERTIFICATE : OF_SECRET),
    preview_export: ({ request }) =>
      request.format === 'pkcs12'
        ? [{ name: 'chain.pem', text: 'public' }, { name: 'key.pem', text: '••••' }]
        : [{ name: '', text: `${request.format} ${request.keystore} ••••` }],
    export_credentials: () => ({ path: '/home/alice/orders.json' }),
  })
  Element.prototype.scrollIntoView = vi.fn()
})

afterEach(async () => {
  if (shown) await unmount(shown)
  shown = undefined
  document.body.innerHTML = ''
})

describe('Export…', () => {
  it('offers the formats of the credential in their groups, the connection document first, and has the focus there', async () => {
    await show(credential)
    expect(core.of('list_export_formats')).toEqual([{ ids: ['c1'] }])
    const groups = [...dialog()!.querySelectorAll('[role=radiogroup] [role=group]')]
    expect(groups.map((group) => document.getElementById(group.getAttribute('aria-labelledby')!)!.textContent)).toEqual([
      'Connection',
      'Service key',
      'BTP destination',
      'Certificate files',
      'For tools',
    ])
    expect(labelled('as connection')!.checked).toBe(true)
    expect(document.activeElement).toBe(labelled('as connection'))
  })

  it('shows what the file will hold, and anew with every other choice', async () => {
    await show(credential)
    expect(preview()).toBe('connection pkcs12 ••••')
    await click(labelled('as destinationJson')!)
    expect(preview()).toBe('destinationJson pkcs12 ••••')
    await click(labelled('PEM (.pem)')!)
    expect(preview()).toBe('destinationJson pem ••••')
    await click(labelled('as pkcs12')!)
    const heads = [...dialog()!.querySelectorAll('[role=region] h3')].map((head) => head.textContent)
    expect(heads, 'several files stand under their names').toEqual(['chain.pem', 'key.pem'])
  })

  it('asks for a password only where the format takes one', async () => {
    await show(credential)
    expect(labelled('Password')).toBeNull()
    await click(labelled('as destinationJson')!)
    expect(labelled('Password')).not.toBeNull()
    await click(labelled('PEM (.pem)')!)
    expect(labelled('Password')).toBeNull()
    await click(labelled('as pkcs12')!)
    expect(labelled('Password')!.type).toBe('password')
    expect(words()).toContain('3DES and SHA-1: use it only for readers that need it.')
  })

  it('wants the password twice, and both alike', async () => {
    await show(credential)
    await click(labelled('as pkcs12')!)
    await click(button('Export…'))
    expect(words()).toContain('Fill in this field.')
    await fill('Password', PASSWORD)
    await fill('Repeat Password', 'another')
    await click(button('Export…'))
    expect(words()).toContain('The two passwords differ.')
    expect(document.activeElement).toBe(labelled('Repeat Password'))
    expect(exports()).toEqual([])
    await fill('Repeat Password', PASSWORD)
    await click(labelled('For old readers')!)
    await click(button('Export…'))
    expect(exports()[0]!.request).toEqual({ ids: ['c1'], format: 'pkcs12', password: PASSWORD, legacy: true, keystore: 'pkcs12' })
  })

  it('says where the file is, and closes', async () => {
    await show(credential)
    await click(button('Export…'))
    expect(notices.current).toBe('The credentials are exported to /home/alice/orders.json.')
    await closed()
  })

  it('stays open when the system dialog was cancelled', async () => {
    core.answers['export_credentials'] = () => ({ path: null })
    await show(credential)
    await click(button('Export…'))
    expect(dialog()).not.toBeNull()
    expect(notices.current).toBeNull()
  })

  it('says inside what went wrong', async () => {
    core.answers['export_credentials'] = () => {
      throw { code: 'failed', message: 'The file cannot be written.', hint: 'Choose another folder.' }
    }
    await show(credential)
    await click(button('Export…'))
    expect(dialog()!.querySelector('[role=alert]')!.textContent).toContain('The file cannot be written.')
  })

  it('says why there is no preview', async () => {
    core.answers['preview_export'] = () => {
      throw { code: 'refused', message: 'This format needs "certurl".', hint: 'Choose another format.' }
    }
    await show(credential)
    expect(words()).toContain('This format needs "certurl". Choose another format.')
  })

  it('never sends the password for a preview, shows it nowhere, and forgets it with the dialog', async () => {
    await show(credential)
    await click(labelled('as pkcs12')!)
    await fill('Password', PASSWORD)
    const field = labelled('Password')!
    await click(labelled('as destinationJson')!)
    expect(document.body.textContent).not.toContain(PASSWORD)
    expect(JSON.stringify(core.of('preview_export'))).not.toContain(PASSWORD)
    await click(button('Cancel'))
    await closed()
    expect(field.isConnected).toBe(false)
    await unmount(shown!)
    await show(credential)
    await click(labelled('as pkcs12')!)
    expect(labelled('Password')!.value).toBe('')
  })
})

describe('Export Several…', () => {
  it('lists what there is with nothing chosen, and refuses to export nothing', async () => {
    await show(null)
    expect(words()).toContain('0 of 3 chosen')
    expect([...dialog()!.querySelectorAll<HTMLInputElement>('[type=checkbox]')].map(({ checked }) => checked)).toEqual([false, false, false])
    expect(button('Export…').getAttribute('aria-disabled')).toBe('true')
    await click(button('Export…'))
    expect(exports()).toEqual([])
  })

  it('offers the formats that fit all that are chosen, and keeps the list in its order', async () => {
    await show(null)
    await click(labelled('Billing In SAP Certificate')!)
    await click(labelled('Orders In SAP Certificate')!)
    expect(core.of('list_export_formats').at(-1), 'the order of the list').toEqual({ ids: ['c1', 'c3'] })
    await click(labelled('as pem')!)
    await click(labelled('Billing In SAP Client secret')!)
    expect(labelled('as pem'), 'a client secret is no PEM').toBeNull()
    expect(labelled('as connection')!.checked).toBe(true)
    expect(words()).toContain('Preview of the first, Orders')
  })

  it('chooses all current ones at once', async () => {
    await show(null)
    await click(button('Choose All Current'))
    expect(words()).toContain('2 of 3 chosen')
    await click(button('Choose None'))
    expect(words()).toContain('0 of 3 chosen')
  })

  it('shows how far it is, and says how many are exported', async () => {
    let finish = (_: unknown) => {}
    core.answers['export_credentials'] = () => new Promise((resolve) => (finish = resolve))
    await show(null)
    await click(button('Choose All Current'))
    await click(button('Export…'))
    exports()[0]!.progress.onmessage({ done: 1, total: 2 })
    await settle()
    const bar = dialog()!.querySelector('[role=progressbar]')!
    expect(bar.getAttribute('aria-valuenow')).toBe('1')
    expect(words()).toContain('1 of 2')
    finish({ path: '/tmp/all.zip' })
    await settle()
    expect(notices.current).toBe('2 credentials are exported to /tmp/all.zip.')
  })

  it('is cancelled by its name; then it says that nothing was written', async () => {
    let fail = (_: unknown) => {}
    core.answers['export_credentials'] = () => new Promise((_, reject) => (fail = reject))
    await show(null)
    await click(button('Choose All Current'))
    await click(button('Export…'))
    exports()[0]!.progress.onmessage({ done: 1, total: 2 })
    await settle()
    await click(button('Cancel'))
    expect(core.of('cancel_run')).toEqual([{ run: exports()[0]!.run }])
    fail({ code: 'refused', message: 'The export was cancelled; nothing was written.', hint: 'Start it again.' })
    await settle()
    expect(words()).toContain('The export was cancelled. Nothing was written.')
    expect(dialog()!.querySelector('[role=alert]'), 'that is what was wanted').toBeNull()
  })

  it('is given up when the dialog is closed', async () => {
    core.answers['export_credentials'] = () => new Promise(() => {})
    await show(null)
    await click(button('Choose All Current'))
    await click(button('Export…'))
    await unmount(shown!)
    shown = undefined
    expect(core.of('cancel_run')).toHaveLength(1)
  })

  it('says which role is missing', async () => {
    core.answers['list_exportable'] = () => {
      throw { code: 'roleMissing', message: 'Bo may not copy or export credentials.', hint: 'Ask for APIPortal.Administrator.' }
    }
    await show(null)
    expect(words()).toContain('Bo may not copy or export credentials.')
  })
})
