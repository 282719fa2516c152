// An authority of the tests' own, by openssl: it issues what foreign servers show, and what clients show them.

import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const CONFIG = `[ca]
default_ca = it
[it]
database = index
new_certs_dir = .
certificate = ca.pem
private_key = ca.key
rand_serial = yes
unique_subject = no
default_md = sha256
default_days = 30
default_crl_days = 30
policy = anything
[anything]
commonName = supplied
[authority]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth
authorityKeyIdentifier = keyid
subjectAltName = $ENV::NAMES
[client]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = clientAuth
authorityKeyIdentifier = keyid
[req]
distinguished_name = nothing
prompt = no
[nothing]
`

export interface Issued {
  /** PEM of the certificate alone. */
  certificate: string
  /** PEM of the certificate and of those between it and the root. */
  chain: string
  /** PEM of the private key, PKCS#8. */
  key: string
  /** Where `chain` and `key` lie, for programs that want files. */
  files: { certificate: string; chain: string; key: string }
}

export interface Order {
  /** The common name. */
  name: string
  kind?: 'P-256' | 'RSA-2048'
  /** As `YYYYMMDDHHMMSSZ`; now, and in 30 days, unless said otherwise. */
  from?: string
  until?: string
}

export class Authority {
  readonly #folder: string
  readonly #name: string
  /** Its own certificate and those above it, without the root. */
  readonly #between: string
  #issued = 0
  /** PEM of the root at the top, and where it lies. */
  readonly root: string
  readonly file: string

  private constructor(folder: string, name: string, between: string, root: string) {
    this.#folder = folder
    this.#name = name
    this.#between = between
    this.root = root
    this.file = join(folder, 'root.pem')
    writeFileSync(this.file, root)
  }

  /** A root in a new folder. */
  static create(folder: string, name: string): Authority {
    prepare(folder)
    generateKey(folder, 'ca.key')
    const subject = ['-subj', `/CN=${name}`, '-days', '30']
    openssl(folder, [
      'req',
      '-x509',
      '-new',
      '-config',
      'ca.conf',
      '-extensions',
      'authority',
      '-key',
      'ca.key',
      ...subject,
      '-out',
      'ca.pem',
    ])
    return new Authority(folder, name, '', readFileSync(join(folder, 'ca.pem'), 'utf8'))
  }

  /** An authority below this one. */
  below(name: string): Authority {
    const folder = join(this.#folder, name)
    prepare(folder)
    generateKey(folder, 'ca.key')
    const certificate = this.#sign(folder, 'ca.key', { name }, 'authority')
    writeFileSync(join(folder, 'ca.pem'), certificate)
    return new Authority(folder, name, certificate + this.#between, this.root)
  }

  /** For a server of these names, spelled as openssl does: `DNS:localhost,IP:127.0.0.1`. */
  server(order: Omit<Order, 'name'> = {}, names = 'DNS:localhost,IP:127.0.0.1,IP:::1'): Issued {
    return this.#issue({ name: 'a foreign server', ...order }, 'server', names)
  }

  client(order: Order): Issued {
    return this.#issue(order, 'client')
  }

  /** Revokes a certificate and returns the file of the list that says so. */
  revoke(issued: Issued): string {
    openssl(this.#folder, ['ca', '-config', 'ca.conf', '-revoke', issued.files.certificate])
    openssl(this.#folder, ['ca', '-config', 'ca.conf', '-gencrl', '-out', 'revoked.pem'])
    return join(this.#folder, 'revoked.pem')
  }

  #issue(order: Order, section: 'server' | 'client', names?: string): Issued {
    const path = (what: string) => join(this.#folder, `${this.#issued}-${what}.pem`)
    this.#issued++
    const files = { certificate: path('certificate'), chain: path('chain'), key: path('key') }
    generateKey(this.#folder, files.key, order.kind)
    const certificate = this.#sign(this.#folder, files.key, order, section, names)
    const chain = certificate + this.#between
    writeFileSync(files.certificate, certificate)
    writeFileSync(files.chain, chain)
    return { certificate, chain, key: readFileSync(files.key, 'utf8'), files }
  }

  #sign(folder: string, key: string, { name, from, until }: Order, section: string, names = ''): string {
    const request = join(folder, 'request.pem')
    openssl(folder, ['req', '-new', '-config', 'ca.conf', '-key', key, '-subj', `/CN=${name}`, '-out', request])
    const dates = [...(from ? ['-startdate', from] : []), ...(until ? ['-enddate', until] : [])]
    const options = ['-batch', '-notext', '-config', 'ca.conf', '-extensions', section, '-in', request, ...dates]
    return openssl(this.#folder, ['ca', ...options], { NAMES: names })
  }

  toString(): string {
    return this.#name
  }
}

function prepare(folder: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'ca.conf'), CONFIG)
  writeFileSync(join(folder, 'index'), '')
}

function generateKey(folder: string, file: string, kind: Order['kind'] = 'P-256'): void {
  const options =
    kind === 'P-256' ? ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256'] : ['RSA', '-pkeyopt', 'rsa_keygen_bits:2048']
  openssl(folder, ['genpkey', '-algorithm', ...options, '-out', file])
}

function openssl(folder: string, args: string[], env: Record<string, string> = {}): string {
  return execFileSync('openssl', args, {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], NAMES: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}
