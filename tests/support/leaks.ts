// Looks for secrets where none may be.

import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Each spelling in which a secret may have been written down. */
function spellings(secret: string): Buffer[] {
  const bytes = Buffer.from(secret, 'utf8')
  const base64 = bytes.toString('base64').replace(/=+$/, '')
  return [
    bytes,
    Buffer.from(secret, 'utf16le'),
    Buffer.from(bytes.toString('hex')),
    Buffer.from(bytes.toString('hex').toUpperCase()),
    Buffer.from(base64.slice(0, Math.floor(base64.length / 4) * 4 - 4)),
    Buffer.from(encodeURIComponent(secret)),
    Buffer.from(JSON.stringify(secret).slice(1, -1)),
  ]
}

/** The pieces of a PEM key by which it would be recognised: each line of its body, and its bytes. */
export function piecesOfKey(pem: string): (string | Buffer)[] {
  const lines = pem
    .replaceAll('\\n', '\n')
    .split('\n')
    .filter((line) => line && !line.startsWith('-----'))
  const bytes = Buffer.from(lines.join(''), 'base64')
  // The head of a key is the same in all keys of its kind: only the later half is secret for certain.
  const secretLines = lines.slice(Math.floor(lines.length / 2)).filter((line) => line.length >= 32)
  return [...secretLines, bytes.subarray(bytes.length - 48), bytes.subarray(bytes.length / 2, bytes.length / 2 + 48)]
}

/** Every file below a folder that holds one of the secrets, as `file: start of the secret`. `except` names folders. */
export function findInFiles(folder: string, secrets: (string | Buffer)[], except: string[] = []): string[] {
  const found: string[] = []
  const visit = (path: string) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const full = join(path, entry.name)
      if (except.includes(full)) continue
      if (entry.isDirectory()) visit(full)
      else if (entry.isFile()) {
        const content = readFileSync(full)
        for (const secret of findIn(content, secrets)) found.push(`${relative(folder, full)}: ${secret}`)
      }
    }
  }
  visit(folder)
  return found
}

/** Those of the secrets that occur in the content, shortened. */
export function findIn(content: Buffer | string, secrets: (string | Buffer)[]): string[] {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  return secrets
    .filter((secret) =>
      (typeof secret === 'string' ? spellings(secret) : [secret, Buffer.from(secret.toString('hex'))]).some(
        (s) => s.length > 7 && bytes.includes(s),
      ),
    )
    .map(
      (secret) =>
        `${secret
          .toString('latin1')
          .slice(0, 6)
          .replace(/[^ -~]/g, '.')}…`,
    )
}
