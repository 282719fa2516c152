import { describe, expect, it } from 'vitest'
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
    const sending = new Sending()
    await sending.run(() => Promise.reject(empty))
    expect(sending.errorOf('name')).toBe('Name is empty. Fill in Name.')
    expect(sending.errorOf('email')).toBeNull()
    expect(sending.errorBeside('name', 'email')).toBeNull()
  })

  it('shows above the form what belongs to none of its fields', async () => {
    const sending = new Sending()
    await sending.run(() => Promise.reject({ code: 'keychain', message: 'The keychain is locked.', hint: 'Unlock it.' }))
    expect(sending.errorBeside('name')?.message).toBe('The keychain is locked.')
  })

  it('says calmly what nobody foresaw', async () => {
    const sending = new Sending()
    await sending.run(() => Promise.reject('missing field `x`'))
    expect(sending.error?.message).toBe('Something went wrong that Drawbridge did not foresee.')
  })
})
