import { describe, expect, it } from 'vitest'
import { repairOf } from './causes'

const finding = (code: string) => ({ code, stage: { code: 'token', name: 'Token' }, message: '', short: '', remedy: '', seen: '' })

describe('the repair of a failing connection', () => {
  it.each(['key_deleted', 'instance_deleted', 'expired', 'bad_credentials', 'destination_deleted', 'role_missing'])(
    'is new credentials for %s',
    (code) => expect(repairOf(finding(code))).toBe('reestablish'),
  )

  it('is no new credentials where only the way is barred', () => {
    expect(repairOf(finding('unknown_host'))).toBe('testAgain')
    expect(repairOf(finding('server_failed'))).toBe('testAgain')
    expect(repairOf(finding('proxy_unreachable'))).toBe('testAgain')
    expect(repairOf(finding('proxy_authentication')), 'the settings name the proxy').toBe('settings')
    expect(repairOf(finding('refused')), 'the token service may listen elsewhere, or not at all').toBe('settings')
  })
})
