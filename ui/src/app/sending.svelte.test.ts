import { describe, expect, it } from 'vitest'
import { FakeCore } from '../testing/fake_core'
import { coreLanguage } from './core_language.svelte'
import { Sending } from './sending.svelte'

const empty = { code: 'invalidInput', message: 'Name is empty.', hint: 'Fill in Name.', place: { field: 'name' } }

describe('a form that is sent', () => {
  it('does the work once, however often one clicks meanwhile', async () => {
    const sending = new Sending()
    let times = 0
    let finish = () => {}
    const work = () =>
      new Promise<void>((resolve) => {
        times++
        finish = resolve
      })
    const first = sending.run(work)
    await sending.run(work)
    finish()
    await first
    expect(times, 'a second click must not submit a second request').toBe(1)
    expect(sending.busy).toBe(false)
  })

  it('puts a message beside the field it belongs to', async () => {
    const sending = new Sending(() => ({ name: '', email: '' }))
    await sending.run(() => Promise.reject(empty))
    expect(sending.errorOf('name')).toBe('Name is empty. Fill in Name.')
    expect(sending.errorOf('email')).toBeNull()
    expect(sending.errorBeside).toBeNull()
  })

  it('says nothing more of a field as soon as that becomes another one', async () => {
    const form = $state({ name: '', email: 'alice@example.com' })
    const sending = new Sending(() => ({ name: form.name, email: form.email }))
    await sending.run(() => Promise.reject(empty))
    form.email = 'bob@example.com'
    expect(sending.errorOf('name'), 'another field mends nothing').toBe('Name is empty. Fill in Name.')
    form.name = 'B'
    expect(sending.errorOf('name')).toBeNull()
    expect(sending.errorBeside, 'nor does it go on above the form').toBeNull()
    form.name = 'Bob'
    await sending.run(() => Promise.reject(empty))
    expect(sending.errorOf('name'), 'it is said again as often as the core says it').toBe('Name is empty. Fill in Name.')
  })

  it('keeps back in another language what the core has said in the former one', async () => {
    new FakeCore()
    const sending = new Sending(() => ({ name: '' }))
    await sending.run(() => Promise.reject(empty))
    await coreLanguage.choose('de')
    expect(sending.error).toBeNull()
    await coreLanguage.choose('en')
    expect(sending.error).toEqual(empty)
  })

  it('keeps nothing of what comes when the form is gone, a secret that was sent least of all', async () => {
    const sending = new Sending(() => ({ clientSecret: 's3cret' }))
    let refuse = (_: unknown) => {}
    const underWay = sending.run(() => new Promise((_, reject) => (refuse = reject)))
    sending.clear()
    refuse({ code: 'invalidInput', message: 'Too long.', hint: 'Shorten it.', place: { field: 'clientSecret' } })
    await underWay
    expect(sending.error).toBeNull()
    expect(sending.busy, 'the next one can be sent').toBe(false)
  })

  it('is in the language in which it was asked, however late it is answered', async () => {
    new FakeCore()
    const sending = new Sending(() => ({ name: '' }))
    let refuse = (_: unknown) => {}
    const underWay = sending.run(() => new Promise((_, reject) => (refuse = reject)))
    await coreLanguage.choose('de')
    refuse(empty)
    await underWay
    expect(sending.error, 'English words on a German page').toBeNull()
    await coreLanguage.choose('en')
    expect(sending.error).toEqual(empty)
  })

  it('shows above the form what belongs to none of its fields', async () => {
    const sending = new Sending(() => ({ name: '' }))
    await sending.run(() => Promise.reject({ code: 'keychain', message: 'The keychain is locked.', hint: 'Unlock it.' }))
    expect(sending.errorBeside?.message).toBe('The keychain is locked.')
  })

  it('says calmly what nobody foresaw', async () => {
    const sending = new Sending()
    await sending.run(() => Promise.reject('missing field `x`'))
    expect(sending.error?.message).toBe('Something unexpected went wrong.')
  })
})
