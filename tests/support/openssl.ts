// What a foreign program says about exported keys and certificates.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

function openssl(args: string[], input?: string): string {
  return execFileSync('openssl', args, { encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'pipe'] })
}

/** The certificates of a PEM chain, one string each. */
export function chain(pem: string): string[] {
  return pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
}

export const publicKeyOfCertificate = (pem: string): string => openssl(['x509', '-noout', '-pubkey'], pem)

export const publicKeyOfKey = (pem: string): string => openssl(['pkey', '-pubout'], pem)

export const keyKind = (pem: string): string => openssl(['pkey', '-noout', '-text'], pem).split('\n')[0]!

export const subject = (pem: string): string =>
  openssl(['x509', '-noout', '-subject', '-nameopt', 'RFC2253,sep_multiline'], pem)

/** From when until when a certificate is valid. */
export function validity(pem: string): { from: Date; until: Date } {
  const dates = openssl(['x509', '-noout', '-startdate', '-enddate', '-dateopt', 'iso_8601'], pem)
  const date = (name: string) => new Date(new RegExp(`${name}=(.*)`).exec(dates)![1]!.replace(' ', 'T'))
  return { from: date('notBefore'), until: date('notAfter') }
}

/** Verifies a leaf against the rest of its chain, of which the last one is trusted. Returns openssl's verdict. */
export function verify(pem: string): string {
  const [leaf, ...issuers] = chain(pem)
  const root = issuers.pop()
  if (!leaf || !root) throw new Error('the chain has no issuer')
  const folder = mkdtempSync(join(tmpdir(), 'drawbridge-openssl-'))
  try {
    const path = (name: string, content: string) => {
      writeFileSync(join(folder, name), content)
      return join(folder, name)
    }
    const between = issuers.length > 0 ? ['-untrusted', path('between.pem', issuers.join('\n'))] : []
    const file = path('leaf.pem', leaf)
    return openssl(['verify', '-purpose', 'sslclient', '-CAfile', path('root.pem', root), ...between, file])
      .trim()
      .replace(file, 'leaf')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
