import { flushSync } from 'svelte'
import { describe, expect, it, vi } from 'vitest'
import {
  alert,
  answer,
  box,
  button,
  clipboard,
  core,
  drag,
  field,
  inspections,
  leave,
  marks,
  pass,
  press,
  refuse,
  released,
  SECRET,
  setUpBox,
  show,
  spoken,
  typeInto,
} from '../testing/credential_box'
import { session } from '../app/session.svelte'
import { finding, recognised, withCandidate, withFindings } from '../testing/fake_core'

setUpBox()

describe('the credentials box, typed into', () => {
  it('asks the core once the typing pauses, not at every letter', async () => {
    show()
    await typeInto(box(), '{', 50)
    await typeInto(box(), '{}', 50)
    expect(inspections()).toEqual([])
    await typeInto(box(), '{"url":1}')
    expect(inspections()).toEqual([
      { credentials: { document: { source: 'text', text: '{"url":1}' }, password: '', choice: null, portalUrl: '' }, replaces: null },
    ])
  })

  it('names the request that the credentials are to replace', async () => {
    show({ replaces: 'r1' })
    await typeInto(box(), '{}')
    expect(inspections()[0].replaces).toBe('r1')
  })

  it('says in words what was recognised, with the secret left out', async () => {
    core.answers['inspect_document'] = () =>
      withCandidate({ shapeName: 'XSUAA service key (certificate)', wrappers: ['VCAP_SERVICES', 'credentials'] })
    show()
    await typeInto(box(), `{"clientSecret":"${SECRET}"}`)
    expect(answer()).toContain('Recognised JSON · VCAP_SERVICES · credentials →')
    expect(answer()).toContain('XSUAA service key (certificate)')
    expect(answer()).toContain('Orders')
    expect(answer()).toContain('no expiry')
    expect(answer()).toContain('••••••••')
    expect(answer()).not.toContain(SECRET)
    expect(spoken()).toBe('Recognised: XSUAA service key (certificate).')
  })

  it('lists what was found: the gravest first, with line and column, and marks errors and warnings', async () => {
    core.answers['inspect_document'] = () =>
      withFindings(finding('note', 'Kept.', [1, 1]), finding('warning', 'White space.', [2, 6]), finding('error', 'A comma is missing.', [2, 1]))
    show()
    await typeInto(box(), '{\nurl: 1}')
    const sentences = [...document.querySelectorAll('.findings li')].map((each) => each.textContent!.replace(/\s+/g, ' ').trim())
    expect(sentences).toEqual([
      'Error: Line 2, column 1: A comma is missing. Mend it.',
      'Warning: Line 2, column 6: White space. Mend it.',
      'Note: Line 1, column 1: Kept. Mend it.',
    ])
    expect(marks(), 'a note has nothing to be mended').toEqual(['error url', 'warning 1'])
    expect(box().getAttribute('aria-invalid')).toBe('true')
    expect(box().value, 'the form keeps what was typed').toBe('{\nurl: 1}')
    expect(spoken()).toBe('Not recognised. 1 error, 1 warning. Line 2, column 1: A comma is missing.')
  })

  it('shows a place: marked, selected, and with the focus', async () => {
    core.answers['inspect_document'] = () => withFindings(finding('note', 'Kept.', [2, 1]))
    show()
    await typeInto(box(), '{\nurl: 1}')
    expect(marks()).toEqual([])
    await press('Line 2, column 1:')
    expect(marks()).toEqual(['note url'])
    expect(document.activeElement).toBe(box())
    expect(box().value.slice(box().selectionStart, box().selectionEnd)).toBe('url')
  })

  it('keeps the former answer, dimmed and without marks, until the next one is there', async () => {
    core.answers['inspect_document'] = () => withFindings(finding('error', 'A comma is missing.', [1, 1]))
    show()
    await typeInto(box(), '{}')
    await typeInto(box(), '{} ', 50)
    expect(answer(), 'nothing jumps at every letter').toContain('A comma is missing.')
    expect(document.querySelector('.answer')!.getAttribute('aria-busy')).toBe('true')
    expect(marks(), 'the place may be another one by now').toEqual([])
  })

  it('drops an answer that arrives after the text has changed', async () => {
    let release = () => {}
    const late = new Promise<void>((resolve) => (release = resolve))
    core.answers['inspect_document'] = () => late.then(() => recognised)
    show()
    await typeInto(box(), '{"first":1}')
    await typeInto(box(), '', 0)
    release()
    await pass()
    expect(answer(), 'an empty box recognises nothing').toBe('')
  })

  // Promise A1: recognition can be cancelled from the window.
  it('cancels the recognition of a text that is taken out of the box', async () => {
    core.answers['inspect_document'] = () => new Promise(() => {})
    show()
    await typeInto(box(), '{"first":1}')
    expect(core.of('cancel_run')).toEqual([])
    await typeInto(box(), '', 0)
    expect(core.of('cancel_run')).toEqual([{ run: 'inspection' }])
  })

  it('shows why the form was refused until something else is typed', async () => {
    const place = { field: 'credentials', line: 1, column: 2 } as const
    show()
    await typeInto(box(), '{"url":1}')
    await refuse({ code: 'invalidInput', message: 'These credentials belong to another portal.', hint: 'Use others.', place })
    expect(answer()).toContain('Line 1, column 2: These credentials belong to another portal. Use others.')
    expect(box().getAttribute('aria-invalid')).toBe('true')
    await typeInto(box(), '{"url":2}')
    expect(answer()).not.toContain('another portal')
  })

  it('says a refusal once that the core had found before', async () => {
    const message = 'A comma is missing.'
    core.answers['inspect_document'] = () => withFindings(finding('error', message))
    show()
    await typeInto(box(), '{"url":1}')
    await refuse({ code: 'invalidInput', message, hint: 'Mend it somehow.', place: { field: 'credentials' } })
    expect([...document.querySelectorAll('.findings li')].map(({ textContent }) => textContent)).toEqual([expect.stringContaining('Mend it.')])
  })
})

describe('the credentials box, given a document that the core holds', () => {
  it('shows its redacted text read-only, says where it is, and marks its places', async () => {
    core.answers['inspect_document'] = () => withFindings(finding('error', 'A comma is missing.', [3, 3]))
    const given = show()
    await press('Paste')
    expect(given.request.document).toEqual({ source: 'held', id: 'h1' })
    expect(inspections()[0].credentials.document).toEqual({ source: 'held', id: 'h1' })
    expect(box().value, 'the same lines and columns').toBe(clipboard.text)
    expect(box().readOnly).toBe(true)
    expect(document.querySelector('.held')!.textContent).toContain('Clipboard')
    expect(document.querySelector('.held')!.textContent).toContain('values hidden')
    expect(marks()).toEqual(['error "clientSecret"'])
  })

  it('shows a file without text as a row, which still carries the name of the field', async () => {
    show()
    await press('Open file…')
    expect(document.querySelector('textarea')).toBeNull()
    expect(document.querySelector('.held')!.textContent).toContain('orders.p12')
    expect(field('API Portal Access Credentials')?.readOnly).toBe(true)
  })

  it('does nothing when the dialog was cancelled', async () => {
    core.answers['open_document'] = () => null
    show()
    await typeInto(box(), '{}')
    await press('Open file…')
    expect(box().value).toBe('{}')
  })

  it('says why nothing could be pasted, and keeps what is there', async () => {
    core.answers['paste_document'] = () => {
      throw { code: 'failed', message: 'There is no text in the clipboard.', hint: 'Copy the document.' }
    }
    show()
    await typeInto(box(), '{}')
    await press('Paste')
    expect(alert()).toContain('There is no text in the clipboard. Copy the document.')
    expect(answer(), 'what stands in the box is as good as before').toContain('Recognised')
    expect(box().getAttribute('aria-invalid')).toBeNull()
  })

  it('lets the core wipe it when it is replaced, cleared, or the box goes away', async () => {
    show()
    await press('Paste')
    await press('Open file…')
    expect(released()).toEqual(['h1'])
    await press('Clear')
    expect(released()).toEqual(['h1', 'h2'])
    expect(document.activeElement, 'typing can begin').toBe(box())
    expect(answer()).toBe('')
    await press('Paste')
    leave()
    expect(released()).toEqual(['h1', 'h2', 'h1'])
  })

  it('is not held when the form was left while it was read', async () => {
    let release = () => {}
    const late = new Promise<void>((resolve) => (release = resolve))
    core.answers['paste_document'] = () => late.then(() => clipboard)
    const given = show()
    await press('Paste')
    leave()
    release()
    await pass()
    expect(given.held).toBeNull()
    expect(released()).toEqual(['h1'])
  })

  it('takes the clipboard in its place when something is pasted over it', async () => {
    show()
    await press('Open file…')
    core.answers['open_document'] = () => clipboard
    await press('Open file…')
    box().dispatchEvent(new Event('paste', { bubbles: true, cancelable: true }))
    await pass()
    expect(core.of('paste_document')).toHaveLength(1)
  })

  it('never takes pasted or dropped text itself, not even when it is empty (promise A3)', async () => {
    const given = show()
    const heard = vi.fn()
    document.body.addEventListener('paste', heard)
    const paste = new Event('paste', { bubbles: true, cancelable: true })
    box().dispatchEvent(paste)
    await pass()
    document.body.removeEventListener('paste', heard)
    expect(paste.defaultPrevented).toBe(true)
    expect(heard, 'a paste event hands its text to whoever hears of it').not.toHaveBeenCalled()
    expect(given.held).toEqual(clipboard)
    const drop = new Event('drop', { bubbles: true, cancelable: true })
    box().dispatchEvent(drop)
    expect(drop.defaultPrevented).toBe(true)
  })

  it('tells the core that the caret is here, so that a secret that stands alone is held as well', async () => {
    show()
    box().focus()
    await pass()
    expect(core.of('tell_caret')).toEqual([{ inBox: true }])
    box().blur()
    await pass()
    expect(core.of('tell_caret')).toEqual([{ inBox: true }, { inBox: false }])
  })

  it('brings back what was typed when the document that took its place is cleared', async () => {
    const given = show()
    await typeInto(box(), '{ "half": ')
    await press('Paste')
    expect(given.held).toEqual(clipboard)
    await press('Clear')
    expect(box().value).toBe('{ "half": ')
    await press('Clear')
    expect(box().value).toBe('')
  })

  it('is edited as text once the person has agreed outside the page', async () => {
    core.answers['show_document'] = () => null
    const given = show()
    await press('Paste')
    await press('Edit as text…')
    expect(given.held, 'the person refused').toEqual(clipboard)
    core.answers['show_document'] = ({ id }) => ({ text: `{ "clientSecret": "${SECRET} of ${id}" }` })
    await press('Edit as text…')
    expect(box().value).toBe(`{ "clientSecret": "${SECRET} of h1" }`)
    expect(box().readOnly).toBe(false)
    expect(released()).toEqual(['h1'])
    const paste = new Event('paste', { bubbles: true, cancelable: true })
    box().dispatchEvent(paste)
    expect(paste.defaultPrevented, 'a missing brace can be pasted').toBe(false)
  })

  it('offers no text to edit where there is none', async () => {
    show()
    await press('Open file…')
    expect(button('Edit as text…')).toBeUndefined()
  })

  it('is empty again when the person went, and says why (promise A6)', async () => {
    const given = show()
    await press('Open file…')
    drag({ event: 'wiped', error: { code: 'failed', message: 'The screen was locked.', hint: 'Paste it once more.' } })
    await pass()
    expect(given.held).toBeNull()
    expect(alert()).toContain('The screen was locked. Paste it once more.')
  })
})

describe('a file that is dragged over the window', () => {
  it('frames the box, and is taken when it is dropped', async () => {
    const given = show()
    drag({ event: 'over' })
    flushSync()
    expect(document.body.textContent).toContain('Drop the file here')
    drag({ event: 'left' })
    flushSync()
    expect(document.body.textContent).not.toContain('Drop the file here')
    drag({ event: 'dropped', document: clipboard })
    await pass()
    expect(given.held).toEqual(clipboard)
    expect(answer()).toContain('Recognised')
  })

  it('that could not be read says why', async () => {
    show()
    drag({ event: 'over' })
    drag({ event: 'refused', error: { code: 'failed', message: 'Several files were dropped.', hint: 'Drop one.' } })
    await pass()
    expect(alert()).toContain('Several files were dropped. Drop one.')
    expect(document.body.textContent).not.toContain('Drop the file here')
  })

  it('is wiped when no box is shown, and nobody uses the window', async () => {
    show()
    leave()
    drag({ event: 'dropped', document: clipboard })
    await pass()
    expect(released()).toEqual(['h1'])
  })

  it('opens the form that tracks a portal when no box is shown, and is in its box then', async () => {
    session.current = { id: 'p1', name: 'Alice', email: 'alice@example.com', roles: [] } as never
    drag({ event: 'dropped', document: clipboard })
    await pass()
    expect(location.hash).toBe('#/portals/add')
    const given = show()
    await pass()
    expect(given.held).toEqual(clipboard)
    expect(released()).toEqual([])
    session.current = null
  })
})
