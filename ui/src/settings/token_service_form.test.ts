import { describe, expect, it } from 'vitest'
import type { ConfirmationName, TokenServiceSettingsView } from '../tauri'
import { parsePort, parseWhole, TokenServiceForm } from './token_service_form.svelte'

const stored: TokenServiceSettingsView = {
  enabled: true,
  address: '127.0.0.1',
  loopback: true,
  host: 'localhost',
  port: 28443,
  mutualTlsPort: 28444,
}
const confirmed: ConfirmationName[] = ['exposure']

function form(settings = stored): TokenServiceForm {
  const form = new TokenServiceForm()
  form.follow(settings)
  return form
}

describe('the form of the token service', () => {
  it('shows what is saved, and sends just that when nobody has typed', () => {
    expect(form().changed).toBe(false)
    expect(form().request(confirmed)).toEqual({
      enabled: true,
      address: '127.0.0.1',
      host: 'localhost',
      port: 28443,
      mutualTlsPort: 28444,
      confirmed,
    })
  })

  it('follows what somebody else saves as long as nobody types here', () => {
    const open = form()
    open.follow({ ...stored, host: 'drawbridge.example.com' })
    expect(open.host).toBe('drawbridge.example.com')
    expect(open.changed).toBe(false)
  })

  it('keeps what was typed, whatever is saved elsewhere meanwhile', () => {
    const open = form()
    open.host = 'typed.example.com'
    open.follow({ ...stored, port: 30443, enabled: false })
    expect(open.host).toBe('typed.example.com')
    expect(open.port, 'half of somebody else’s settings would be a third thing').toBe('28443')
    expect(open.request(confirmed).enabled, 'saving the addresses must not switch it on again').toBe(false)
    open.reset()
    expect(open.host).toBe('localhost')
    expect(open.port, 'Cancel leads to what is saved now').toBe('30443')
    expect(open.changed).toBe(false)
  })

  it('keeps another address while the choice goes back and forth', () => {
    const open = form()
    open.place = 'other'
    open.address = '192.0.2.7'
    expect(open.request(confirmed).address).toBe('192.0.2.7')
    open.place = 'loopback'
    expect(open.changed, 'an address that is not asked for is no change').toBe(false)
    expect(open.request(confirmed).address).toBe('127.0.0.1')
    open.place = 'other'
    expect(open.address).toBe('192.0.2.7')
  })

  it('stays at the loopback address that was set, and knows one when there is none', () => {
    expect(form({ ...stored, address: '::1' }).request(confirmed).address).toBe('::1')
    const open = form({ ...stored, address: '192.0.2.7', loopback: false })
    expect(open.place).toBe('other')
    expect(open.address).toBe('192.0.2.7')
    open.place = 'loopback'
    expect(open.request(confirmed).address).toBe('127.0.0.1')
  })
})

describe('numbers as typed', () => {
  it('reach the core as what it can refuse, whatever was typed', () => {
    expect(parsePort(' 28443 ')).toBe(28443)
    for (const text of ['', 'https', '28443.5', '-1', '70000', '99999999999999']) expect(parsePort(text), text).toBe(0)
    expect(parseWhole('168')).toBe(168)
    expect(parseWhole('1e3')).toBe(0)
  })
})
