import { describe, expect, it } from 'vitest'
import { beginsLater } from './credential_words'

describe('the days that are left', () => {
  // F9
  it('are not said of a certificate that is not valid yet', () => {
    const now = new Date('2026-11-30T12:00:00Z')
    const certificate = (notBefore: string) => ({
      kind: 'certificate' as const,
      fingerprint: '',
      subject: '',
      issuer: '',
      notBefore,
      notAfter: '2028-11-30T12:00:00Z',
      publicKey: '',
      chainLength: 1,
    })
    expect(beginsLater(certificate('2027-11-30T12:00:00Z'), now)).toBe('2027-11-30T12:00:00Z')
    expect(beginsLater(certificate('2026-11-30T12:00:00Z'), now)).toBe(null)
    expect(beginsLater({ kind: 'clientSecret' }, now)).toBe(null)
  })
})
