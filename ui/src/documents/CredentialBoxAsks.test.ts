import { flushSync } from 'svelte'
import { describe, expect, it } from 'vitest'
import { coreLanguage } from '../app/core_language.svelte'
import { answer, box, core, field, pass, press, refuse, setUpBox, show, typeInto } from '../testing/credential_box'
import { candidate, finding, recognised, summary, withCandidate, withFindings } from '../testing/fake_core'

setUpBox()

describe('a document that asks for more', () => {
  const two = {
    ...recognised,
    findings: [finding('note', 'This document holds 2 credentials.', null, 'several_credentials')],
    candidates: [
      { ...candidate, name: 'xsuaa, orders' },
      { ...candidate, name: 'xsuaa, billing', shapeName: 'XSUAA service key (client secret)', usable: { ...summary, portalName: 'Billing' } },
    ],
  }

  it('with several credentials shows nothing of them before one is chosen', async () => {
    core.answers['inspect_document'] = () => two
    const given = show()
    await typeInto(box(), '{}')
    const radios = [...document.querySelectorAll<HTMLInputElement>('[type=radio]')]
    expect(document.querySelector('[role=radiogroup]')!.textContent).toContain('xsuaa, billing')
    expect(answer()).toBe('2 credentials in this document JSON')
    radios[1]!.click()
    flushSync()
    expect(given.request.choice).toBe(1)
    expect(answer()).toContain('Billing')
  })

  it('keeps the choice while the text is mended elsewhere', async () => {
    core.answers['inspect_document'] = () => two
    const given = show()
    await typeInto(box(), '{}')
    document.querySelectorAll<HTMLInputElement>('[type=radio]')[1]!.click()
    core.answers['inspect_document'] = () => ({ ...two, candidates: [two.candidates[1]!, two.candidates[0]!] })
    await typeInto(box(), '{ }')
    expect(given.candidate?.name).toBe('xsuaa, billing')
    expect(given.request.choice).toBe(0)
  })

  it('sends no choice along with a text that was typed after it', async () => {
    core.answers['inspect_document'] = () => two
    const given = show()
    await typeInto(box(), '{}')
    document.querySelectorAll<HTMLInputElement>('[type=radio]')[1]!.click()
    await typeInto(box(), '{ }', 100)
    expect(given.request.document).toEqual({ source: 'text', text: '{ }' })
    expect(given.request.choice, 'the second of another text may be somebody else').toBeNull()
    await pass()
    expect(given.request.choice).toBe(1)
    core.answers['inspect_document'] = () => {
      throw { code: 'failed', message: 'Something went wrong.', hint: '' }
    }
    await typeInto(box(), '{  }')
    expect(given.request.choice, 'nothing is known of this text').toBeNull()
  })

  it('forgets the choice where several have its name', async () => {
    core.answers['inspect_document'] = () => ({ ...two, candidates: two.candidates.map((each) => ({ ...each, name: 'twin' })) })
    const given = show()
    await typeInto(box(), '{}')
    document.querySelectorAll<HTMLInputElement>('[type=radio]')[1]!.click()
    await typeInto(box(), '{ }')
    expect(given.choice).toBeNull()
  })

  it('says beside the choice that one has to be chosen', async () => {
    core.answers['inspect_document'] = () => two
    show()
    await typeInto(box(), '{}')
    await refuse({ code: 'invalidInput', message: 'This document holds 2 credentials.', hint: 'Choose.', place: { field: 'credentials' } })
    expect(document.querySelector('[role=radiogroup]')!.getAttribute('aria-invalid')).toBe('true')
    expect(box().getAttribute('aria-invalid')).toBeNull()
  })

  it('is told again in another language, with all that was typed and chosen still there', async () => {
    core.answers['inspect_document'] = () => ({
      ...two,
      syntax: core.of('set_language').at(-1)?.language === 'de' ? 'auf Deutsch' : 'in English',
      candidates: two.candidates.map((each) => ({ ...each, name: 'twin' })),
    })
    const given = show()
    await typeInto(box(), '{}')
    document.querySelectorAll<HTMLInputElement>('[type=radio]')[1]!.click()
    flushSync()
    expect(answer()).toContain('in English')
    const { revision } = given
    await coreLanguage.choose('de')
    await pass()
    expect(answer()).toContain('auf Deutsch')
    expect(box().value).toBe('{}')
    expect(given.choice, 'of the same text the second is still the second').toBe(1)
    expect(given.revision, 'the person has changed nothing').toBe(revision)
    await coreLanguage.choose('system')
  })

  it('asks for the password, sends it on Enter, and says when it is wrong', async () => {
    const locked = (code: string, message: string) => ({ ...withFindings(finding('error', message, null, code)), needsPassword: true })
    core.answers['inspect_document'] = ({ credentials }) =>
      credentials.password === ''
        ? locked('password_needed', 'This is protected by a password.')
        : credentials.password === 'right'
          ? recognised
          : locked('wrong_password', 'The password does not open this.')
    show()
    await press('Open file…')
    const password = field('Password of the document')!
    expect(password.type).toBe('password')
    expect(answer(), 'nobody has done anything wrong yet').toBe('Protected by a password JSON')
    expect(password.getAttribute('aria-invalid')).toBeNull()
    await typeInto(password, 'wrong', 0)
    password.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    await pass(0)
    expect(password.getAttribute('aria-invalid')).toBe('true')
    expect(document.body.textContent).toContain('The password does not open this.')
    await typeInto(password, 'right')
    expect(answer()).toContain('Recognised')
    expect(document.contains(password), 'the field must not go from under the fingers').toBe(true)
  })

  it('that only lacks the URL of the portal asks for it, and names it API Portal URL', async () => {
    core.answers['inspect_document'] = ({ credentials }) =>
      credentials.portalUrl === 'https://portal.example'
        ? withCandidate({ lacksOnlyUrl: true })
        : withCandidate({
            lacksOnlyUrl: true,
            usable: null,
            urlProblem: credentials.portalUrl ? finding('error', '"url" is not a complete URL.', null, 'not_a_url') : null,
          })
    show()
    await typeInto(box(), '{}')
    const url = field('API Portal URL')!
    expect(box().getAttribute('aria-invalid'), 'there is nothing to be mended in the text').toBeNull()
    expect(url.getAttribute('aria-invalid')).toBeNull()
    await typeInto(url, 'portal')
    expect(url.getAttribute('aria-invalid')).toBe('true')
    expect(document.body.textContent).toContain('"url" is not a complete URL.')
    await typeInto(url, 'https://portal.example')
    expect(answer()).toContain('Recognised')
  })

  it('that names its own URL is not sent with the one that was typed for the text before', async () => {
    core.answers['inspect_document'] = () => withCandidate({ lacksOnlyUrl: true })
    const given = show()
    await typeInto(box(), '{}')
    await typeInto(field('API Portal URL')!, 'https://portal.example')
    expect(given.request.portalUrl).toBe('https://portal.example')
    core.answers['inspect_document'] = () => withCandidate({})
    await typeInto(box(), '{"url":1}')
    expect(field('API Portal URL'), 'it could not be corrected').toBeNull()
    expect(given.request.portalUrl).toBe('')
  })
})
