// What the app exports, in every format that it offers, read by the programs that the format is for: values arrive as
// they were, and what is to get a token gets one from the running token service.

import { X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { load, serviceKeys, shipped } from '../support/binaries.ts'
import { findIn, findInFiles, piecesOfKey } from '../support/leaks.ts'
import { Authority } from './authority.ts'
import { CommandLine, runToEnd } from './command-line.ts'
import {
  certificatesIn,
  keyIn,
  legacyOption,
  openContainer,
  outputOf,
  PYTHON,
  readByKeytool,
  readByNode,
  readByPython,
  readByShell,
  type Container,
  type Texts,
} from './readers.ts'
import { startOidcProvider } from './servers.ts'
import { TokenServiceAlone } from './token-service.ts'

// ---- What is exported ----

/** What shells, YAML, properties, URLs and curl give a meaning to, as far as servers take it (RFC 6749 §A.2). */
const AWKWARD_SECRET = '$a+b/c=-\'"\\ #%${HOME}'
/** The same for properties, YAML and openssl; Java takes no other than ASCII in a container. */
const PASSWORD = 'p: =#!\\a\'"$ {x}%-ä'

type Kind = 'client secret' | 'awkward secret' | 'RSA-2048' | 'P-256'
const SECRETS: Kind[] = ['client secret', 'awkward secret']
const CERTIFICATES: Kind[] = ['RSA-2048', 'P-256']
const KINDS = [...SECRETS, ...CERTIFICATES]

/** What a format has to carry. */
interface Values {
  url: string
  tokenUrl: string
  certUrl?: string
  clientId: string
  clientSecret?: string
  certificate?: string
  key?: string
}

interface Credentials {
  /** Which ones the command line is to export. */
  arguments: string[]
  values: Values
}

const credentials = {} as Record<Kind, Credentials>
let service: TokenServiceAlone
let drawbridge: CommandLine
let folder: string
/** Files with one line. */
let password: string
let wrongPassword: string
/** How foreign programs are started: they trust the authorities of both servers. */
let env: NodeJS.ProcessEnv
/** Credentials of the server that is not ours. */
let elsewhere: { secret: Values; certificate: Values }

const proofOf = (values: Values) => (values.key ? 'certificate' : 'secret')
const path = (name: string) => join(folder, name)
const read = (file: string) => readFileSync(file, 'utf8')

function write(name: string, content: string, mode = 0o600): string {
  writeFileSync(path(name), content, { mode })
  return path(name)
}

beforeAll(async () => {
  service = await TokenServiceAlone.start({ drawbridge: shipped(), load: load(), serviceKeys: serviceKeys() })
  const { desktop } = service
  folder = desktop.exports
  drawbridge = new CommandLine(desktop)
  password = write('password', `${PASSWORD}\n`)
  wrongPassword = write('wrong-password', 'another\n')

  const authority = Authority.create(join(desktop.folder, 'authority'), 'foreign authority')
  const client = authority.below('foreign clients').client({ name: 'certificate-client' })
  const method = { 'awkward-client': 'client_secret_post', 'header-client': 'client_secret_basic' } as const
  const provider = await startOidcProvider(desktop.processes, join(desktop.folder, 'provider'), {
    server: authority.server(),
    clientAuthorities: authority.file,
    clients: [
      ...Object.entries(method).map(([id, method]) => ({ id, secret: AWKWARD_SECRET, method })),
      { id: 'certificate-client', method: 'tls_client_auth' },
    ],
  })
  const urls = { url: `${provider.url}/portal`, tokenUrl: `${provider.url}/oauth/token` }
  elsewhere = {
    secret: { ...urls, clientId: 'header-client', clientSecret: AWKWARD_SECRET },
    certificate: {
      ...urls,
      certUrl: provider.mutualUrl,
      clientId: 'certificate-client',
      certificate: client.chain,
      key: client.key,
    },
  }
  const trusted = write('trusted.pem', read(service.authority) + authority.root)
  env = {
    PATH: process.env['PATH'],
    LANG: 'C.UTF-8',
    CURL_CA_BUNDLE: trusted,
    SSL_CERT_FILE: trusted,
    NODE_EXTRA_CA_CERTS: trusted,
  }

  const generate: [Kind, string[]][] = [
    ['client secret', ['--kind', 'secret']],
    ['RSA-2048', ['--key', 'rsa-2048']],
    ['P-256', ['--key', 'p-256']],
  ]
  for (const [kind, options] of generate) {
    const file = path(`${kind}.json`)
    type Generated = { credential: { clientId: string } }
    const { credential } = await drawbridge.run<Generated>('generate', 'Sales', ...options, '--out', file)
    credentials[kind] = {
      arguments: ['Sales', '--credential', credential.clientId],
      values: valuesOf(JSON.parse(read(file)) as Texts, credential.clientId),
    }
  }
  const values: Values = { ...urls, clientId: 'awkward-client', clientSecret: AWKWARD_SECRET }
  const file = write('elsewhere.json', JSON.stringify(values))
  await drawbridge.run('add', 'Awkward', file, '--subaccount', 'awkward', '--generated', 'unknown')
  credentials['awkward secret'] = { arguments: ['Awkward'], values }
})

afterAll(() => service?.close())

/** What a document of an API portal says; its keys depend on the kind. */
const valuesOf = (document: Texts, clientId: string): Values => ({
  url: document['url']!,
  tokenUrl: (document['tokenUrl'] ?? document['tokenurl'])!,
  ...(document['certurl'] && { certUrl: document['certurl'] }),
  clientId,
  ...(document['clientSecret'] && { clientSecret: document['clientSecret'] }),
  ...(document['certificate'] && { certificate: document['certificate'], key: document['key'] }),
})

let files = 0

/** Exports credentials, and returns the file. */
async function exported(kind: Kind, format: string, ending: string, ...options: string[]): Promise<string> {
  const file = path(`${++files} ${kind} ${format}.${ending}`)
  await drawbridge.run('export', ...credentials[kind].arguments, '--format', format, '--out', file, ...options)
  return file
}

/** Writes the values as a document, and converts that. */
async function converted(values: Values, format: string, ending: string, name = 'converted'): Promise<string> {
  const { certUrl, ...others } = values
  const document = write(`${++files} document.json`, JSON.stringify({ ...others, certurl: certUrl }))
  const file = path(`${files} converted.${ending}`)
  await drawbridge.run('convert', document, '--to', format, '--out', file, '--name', name)
  return file
}

interface Archive {
  folder: string
  /** The files in it. */
  names: string[]
}

async function unpacked(file: string): Promise<Archive> {
  const [entries] = await readByPython('zipfile', [file])
  for (const { name, mode } of entries!)
    expect(mode & 0o077, `others on the computer must not read ${name} once it is unpacked`).toBe(0)
  return { folder: file.replace(/\.zip$/, ''), names: entries!.map(({ name }) => name) }
}

// ---- What `drawbridge inspect` makes of the file ----

interface Report {
  candidates: {
    shape: string
    fields: { key: string; text: string | null }[]
    proof: { kind: string; fingerprint: string | null } | null
  }[]
}

type PublicPart = 'url' | 'tokenUrl' | 'certUrl' | 'clientId'
const ALL: PublicPart[] = ['url', 'tokenUrl', 'certUrl', 'clientId']

/** The app recognises what it has written, and finds in it what it has put there. */
async function isRecognised(file: string, values: Values, shape: string, parts = ALL, options: string[] = []) {
  const { stdout } = await drawbridge.attempt('inspect', file, '--json', ...options)
  const { candidates } = JSON.parse(stdout) as Report
  expect(candidates).toHaveLength(1)
  const [{ shape: found, fields, proof }] = candidates as [Report['candidates'][0]]
  expect(found).toBe(shape)
  const text = (key: string) => fields.find((field) => field.key === key)?.text ?? undefined
  const publicParts = {
    url: text('url'),
    tokenUrl: text('tokenUrl'),
    certUrl: text('certurl'),
    clientId: text('clientId'),
  }
  for (const part of ALL) expect(publicParts[part], part).toBe(parts.includes(part) ? values[part] : undefined)
  expect(proof?.kind).toBe(proofOf(values))
}

// ---- JSON ----

test.each(KINDS)('%s: the connection document has the published keys and nothing else', async (kind) => {
  const { values } = credentials[kind]
  const file = await exported(kind, 'connection', 'json')
  const { url, tokenUrl, certUrl, clientId, clientSecret, certificate, key } = values
  expect(JSON.parse(read(file))).toEqual(
    key ? { url, tokenurl: tokenUrl, certurl: certUrl, certificate, key } : { url, tokenUrl, clientId, clientSecret },
  )
  await isRecognised(file, values, `connection_${proofOf(values)}`)
})

test.each(KINDS)('%s: a service key has the spelling of XSUAA, and under credentials the same', async (kind) => {
  const { values } = credentials[kind]
  const plain = await exported(kind, 'service-key', 'json')
  const wrapped = await exported(kind, 'service-key-credentials', 'json')
  const { url, tokenUrl, certUrl, clientId, clientSecret, certificate, key } = values
  const expected = {
    clientid: clientId,
    ...(key ? { certificate, key, certurl: certUrl } : { clientsecret: clientSecret }),
    'credential-type': key ? 'x509' : 'binding-secret',
    url: tokenUrl.replace('/oauth/token', ''),
    endpoints: { apiportal: url },
  }
  expect(JSON.parse(read(plain))).toEqual(expected)
  expect(JSON.parse(read(wrapped))).toEqual({ credentials: expected })
  for (const file of [plain, wrapped]) await isRecognised(file, values, `xsuaa_${proofOf(values)}`)
})

// ---- Destinations ----

const SYNTAXES = { json: 'destination-json', yaml: 'destination-yaml', properties: 'destination-properties' }
type Syntax = keyof typeof SYNTAXES

async function readDestination(file: string, syntax: Syntax): Promise<Texts> {
  if (syntax === 'json') return JSON.parse(read(file)) as Texts
  const [destination] = await readByPython(syntax === 'yaml' ? 'PyYAML' : 'jproperties', [file])
  return destination as Texts
}

const destination = (values: Values) => ({
  Name: expect.stringMatching(/^(sales|awkward)-(secret|certificate)-\d{4}-\d\d-\d\d$/) as string,
  Type: 'HTTP',
  URL: values.url,
  ProxyType: 'Internet',
  Authentication: 'OAuth2ClientCredentials',
  clientId: values.clientId,
  tokenServiceURL: values.certUrl ? `${values.certUrl}/oauth/token` : values.tokenUrl,
  tokenServiceURLType: 'Dedicated',
})

for (const syntax of Object.keys(SYNTAXES) as Syntax[]) {
  test.each(SECRETS)(`%s: a destination as ${syntax}`, async (kind) => {
    const { values } = credentials[kind]
    const file = await exported(kind, SYNTAXES[syntax], syntax)
    expect(await readDestination(file, syntax)).toEqual({
      ...destination(values),
      clientSecret: values.clientSecret,
    })
    await isRecognised(file, values, 'destination')
  })

  test.each(CERTIFICATES)(`%s: a destination as ${syntax}, with the keystore beside it`, async (kind) => {
    const { values } = credentials[kind]
    const parts: PublicPart[] = ['url', 'certUrl', 'clientId']
    for (const keystore of ['p12', 'pem']) {
      const options = keystore === 'p12' ? ['--out-password-file', password] : ['--keystore', 'pem']
      const file = await exported(kind, SYNTAXES[syntax], 'zip', ...options)
      const { folder, names } = await unpacked(file)
      const read = await readDestination(join(folder, names[0]!), syntax)
      const location = `${read['Name']}.${keystore}`
      expect(names).toEqual([`${read['Name']}.${syntax}`, location])
      expect(read).toEqual({
        ...destination(values),
        'tokenService.KeyStoreLocation': location,
        ...(keystore === 'p12' && { 'tokenService.KeyStorePassword': PASSWORD }),
      })
      const store = join(folder, location)
      if (keystore === 'p12') {
        const own = write(`${files}-password`, `${read['tokenService.KeyStorePassword']}\n`)
        await holds(await openContainer(store, own), values)
      } else {
        await holds({ certificates: certificatesIn(readFileSync(store, 'utf8')), key: await keyIn(store) }, values)
      }
      await isRecognised(file, values, 'destination', parts)
    }
  })
}

/** The very certificates and the very key. */
async function holds(found: Pick<Container, 'certificates' | 'key'> | { refused: string }, values: Values) {
  const key = write('expected-key.pem', values.key!)
  expect(found).toMatchObject({ key: await keyIn(key) })
  if ('certificates' in found) {
    // A container has no order; only the first one has to be that of the key.
    expect(found.certificates[0]).toBe(certificatesIn(values.certificate!)[0])
    expect(found.certificates.toSorted()).toEqual(certificatesIn(values.certificate!).toSorted())
  }
}

// ---- PEM and PKCS#12 ----

test.each(CERTIFICATES)('%s: PEM, in one file and in two', async (kind) => {
  const { values } = credentials[kind]
  const one = await exported(kind, 'pem', 'pem')
  await holds({ certificates: certificatesIn(read(one)), key: await keyIn(one) }, values)
  await isRecognised(one, values, 'pem_blocks', ['clientId'])

  const two = await exported(kind, 'pem-files', 'zip')
  const { folder, names } = await unpacked(two)
  expect(names.map((name) => name.replace(/^sales-certificate-[\d-]{10}/, ''))).toEqual(['-chain.pem', '-key.pem'])
  const [chain, key] = names.map((name) => join(folder, name)) as [string, string]
  expect(read(chain), 'the chain is no secret').not.toContain('PRIVATE')
  await holds({ certificates: certificatesIn(read(chain)), key: await keyIn(key) }, values)
  await isRecognised(two, values, 'pem_blocks', ['clientId'])
})

for (const strength of ['modern', 'legacy']) {
  const isLegacy = strength === 'legacy'

  test.each(CERTIFICATES)(`%s: a ${strength} PKCS#12 container opens with its password only`, async (kind) => {
    const { values } = credentials[kind]
    const options = ['--out-password-file', password, ...(isLegacy ? ['--legacy'] : [])]
    const file = await exported(kind, 'pkcs12', 'p12', ...options)
    const provider = isLegacy ? await legacyOption() : []

    const opened = await openContainer(file, password, provider)
    await holds(opened, values)
    const { alias, protection } = opened as Container
    expect(alias).toMatch(/^sales-certificate-/)
    expect(protection).toMatch(isLegacy ? /MAC: sha1,/ : /MAC: sha256,/)
    expect(protection).toMatch(isLegacy ? /pbeWithSHA1And3-KeyTripleDES-CBC/ : /PBES2, PBKDF2, AES-256-CBC/)
    expect(await openContainer(file, wrongPassword, provider)).toEqual({
      refused: expect.stringMatching(/invalid password/) as string,
    })

    const pfx = readFileSync(file)
    expect(() => createSecureContext({ pfx, passphrase: PASSWORD }), "Node's TLS takes it as it is").not.toThrow()
    expect(() => createSecureContext({ pfx, passphrase: 'another' })).toThrow(/mac verify failure/)
    await isRecognised(file, values, 'pkcs12', ['clientId'], ['--password-file', password])
  })

  test(`a ${strength} PKCS#12 container opens in Java, where there is one`, async (context) => {
    const plain = write('plain-password', 'only ASCII: $ & %\n')
    const options = ['--out-password-file', plain, ...(isLegacy ? ['--legacy'] : [])]
    const file = await exported('RSA-2048', 'pkcs12', 'p12', ...options)
    const listed = await readByKeytool(file, plain)
    if (listed === undefined) return context.skip('there is no keytool on this computer')
    const { certificate } = credentials['RSA-2048'].values
    expect(listed).toMatch(/Alias name: sales-certificate-/)
    expect(listed).toContain(`Certificate chain length: ${certificatesIn(certificate!).length}`)
    expect(listed).toContain(`SHA256: ${new X509Certificate(certificate!).fingerprint256}`)
  })
}

// ---- Kubernetes ----

const KUBERNETES = { url: 'url', tokenUrl: 'token_url', certUrl: 'cert_url', clientId: 'client_id' }
const KUBERNETES_SECRETS = { clientSecret: 'client_secret', certificate: 'certificate', key: 'key' }

/** The values under the names that a format has for them. */
const named = (values: Values, names: Record<string, string>): Texts =>
  Object.fromEntries(Object.entries(values).map(([part, value]) => [names[part]!, value as string]))

const kubernetes = (values: Values) => named(values, { ...KUBERNETES, ...KUBERNETES_SECRETS })

test.each(KINDS)('%s: a Kubernetes Secret keeps to the published schema, and carries the values', async (kind) => {
  const { values } = credentials[kind]
  const file = await exported(kind, 'kubernetes-secret', 'yaml')
  const [secret] = await readByPython('kubernetes-validate', [file])
  expect(secret).toEqual({
    // The schema says nothing about names; Kubernetes wants a DNS subdomain.
    name: expect.stringMatching(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/) as string,
    type: 'Opaque',
    data: kubernetes(values),
  })
  const [plain] = await readByPython('PyYAML', [file])
  expect(plain, 'a number or a truth value would be refused').toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: secret!.name },
    type: 'Opaque',
    data: expect.objectContaining({ client_id: Buffer.from(values.clientId).toString('base64') }) as object,
  })
  await isRecognised(file, values, `connection_${proofOf(values)}`)
})

test.each([
  ['a member that a Secret does not have', 'data:', 'contents:', /'contents' was unexpected/],
  ['a number where a text has to stand', /client_id: .*/, 'client_id: 12', /12 is not of type 'string'/],
])('the schema check refuses a Secret with %s', async (_, from, to, message) => {
  const good = read(await exported('client secret', 'kubernetes-secret', 'yaml'))
  const damaged = good.replace(from, to)
  expect(damaged).not.toBe(good)
  await expect(readByPython('kubernetes-validate', [write('damaged.yaml', damaged)])).rejects.toThrow(message)
})

// ---- Environment files ----

const ENVIRONMENT = {
  url: 'APIPORTAL_URL',
  tokenUrl: 'APIPORTAL_TOKEN_URL',
  certUrl: 'APIPORTAL_CERT_URL',
  clientId: 'APIPORTAL_CLIENT_ID',
  clientSecret: 'APIPORTAL_CLIENT_SECRET',
  certificate: 'APIPORTAL_CERTIFICATE',
  key: 'APIPORTAL_KEY',
}

async function everyReaderSees(file: string, values: Values) {
  const [byPython] = await readByPython('python-dotenv', [file])
  const expected = named(values, ENVIRONMENT)
  expect(byPython, 'python-dotenv').toEqual(expected)
  expect(await readByShell(file), 'sh').toEqual(expected)
  expect(await readByNode(file), 'node --env-file').toEqual(expected)
  expect({ ...parseEnv(read(file)) }, 'util.parseEnv').toEqual(expected)
}

test.each(KINDS.filter((kind) => kind !== 'awkward secret'))(
  '%s: an environment file says the same to a shell, to Python and to Node',
  async (kind) => {
    const { values } = credentials[kind]
    const file = await exported(kind, 'env', 'env')
    await everyReaderSees(file, values)
    await isRecognised(file, values, `connection_${proofOf(values)}`)
  },
)

test('what no environment file says the same to all of them is not written', async () => {
  const file = path('awkward.env')
  const { code, stderr } = await drawbridge.attempt('export', 'Awkward', '--format', 'env', '--out', file)
  expect(code).toBe(3)
  expect(stderr).toMatch(/"clientSecret" holds characters that this format cannot carry/)
  expect(existsSync(file)).toBe(false)
})

// ---- Awkward values ----

/** Client secrets, and whether an environment file can carry them. */
const AWKWARD: [string, string, boolean][] = [
  ['everything in single quotes', '$a+b/c=-"\\ ü#%$HOME`id`$(id);&|<>*?[]!', true],
  ['an apostrophe', "it's+b/c=- ü#%;&|<>*?[]!", true],
  ['a number with an underscore', '1_000', true],
  ['a hexadecimal number', '0x1F', true],
  ['a number in base 60', '12:30:45', true],
  ['a number in scientific notation', '1e3', true],
  ['a date', '2026-01-02', true],
  ['a truth value', 'no', true],
  ['nothing', 'null', true],
  ['a tilde', '~', true],
  ['a list of YAML', '- a: [b, {c}] # d', true],
  ['a comment of properties', '#!=: :=!#', true],
  ['a quoted text', '"quoted"', true],
  ['an escape', '\\u00fc\\n\\t', true],
  ['a backslash at the end', 'secret\\', false],
  ['two backslashes', 'a\\\\b', false],
  ['a variable', '${HOME}', false],
]

test('secrets that look like something else stay what they are', async () => {
  const url = 'https://portal.example.com'
  const cases: { values: Values; name: string; inFormat: Record<string, string>; env: boolean }[] = []
  for (const [name, clientSecret, env] of AWKWARD) {
    const values = { url, tokenUrl: `${url}/oauth/token`, clientId: '0123', clientSecret }
    const inFormat: Record<string, string> = {}
    for (const [format, ending] of [
      ['destination-yaml', 'yaml'],
      ['destination-properties', 'properties'],
      ['kubernetes-secret', 'yaml'],
    ] as const)
      inFormat[format] = await converted(values, format, ending, 'yes')
    if (env) inFormat['env'] = await converted(values, 'env', 'env')
    cases.push({ values, name, inFormat, env })
  }
  const all = (format: string) => cases.map(({ inFormat }) => inFormat[format]!)
  const yaml = (await readByPython('PyYAML', all('destination-yaml'))) as Texts[]
  const properties = await readByPython('jproperties', all('destination-properties'))
  const secrets = await readByPython('kubernetes-validate', all('kubernetes-secret'))
  for (const [index, { values, name, inFormat, env }] of cases.entries()) {
    const expected = { ...destination(values), Name: 'yes', clientSecret: values.clientSecret }
    expect(yaml[index], name).toEqual(expected)
    expect(properties[index], name).toEqual(expected)
    expect(secrets[index], name).toEqual({ name: 'yes', type: 'Opaque', data: kubernetes(values) })
    if (env) await everyReaderSees(inFormat['env']!, values)
    else await expect(converted(values, 'env', 'env'), name).rejects.toThrow(/cannot carry/)
  }
})

// ---- curl ----

/** A curl before the real one, that records what every process on the computer may read while the script runs. */
async function watchedCurl(): Promise<{ env: NodeJS.ProcessEnv; seen: string }> {
  const real = (await outputOf('sh', ['-c', 'command -v curl'])).trim()
  const seen = path(`${++files}-seen`)
  const programs = path(`${files}-programs`)
  mkdirSync(programs)
  const script = `#!/bin/sh
for process in /proc/[0-9]*; do cat "$process/cmdline" "$process/environ"; done >'${seen}' 2>/dev/null
printf '%s\\0' "$@" >>'${seen}'
exec '${real}' "$@"
`
  writeFileSync(join(programs, 'curl'), script, { mode: 0o700 })
  return { env: { ...env, PATH: `${programs}${delimiter}${env['PATH']}` }, seen }
}

/** Runs the script as a person would, from some other folder. */
async function runScript(script: string): Promise<{ code: number; stdout: string; stderr: string; seen: string }> {
  const { env, seen } = await watchedCurl()
  const run = await runToEnd('sh', [script, 'an argument that is seen'], env, '/')
  return { ...run, seen: read(seen) }
}

interface Token {
  access_token: string
}

/** The portal lets the token in. */
async function isGranted(output: string, { url }: Values) {
  const { access_token: token } = JSON.parse(output) as Token
  tokens.push(token)
  const status = await outputOf(
    'curl',
    [
      ...['--silent', '--show-error', '--output', '/dev/null', '--write-out', '%{http_code}'],
      ...['--header', `Authorization: Bearer ${token}`, `${url}/apiportal/api/1.0/Management.svc/APIProxies`],
    ],
    env,
  )
  expect(status).toBe('200')
}
const tokens: string[] = []

test.each(SECRETS)('%s: the curl script gets a token, and shows the secret to no other process', async (kind) => {
  const { values } = credentials[kind]
  const file = await exported(kind, 'curl', 'sh')
  const { code, stdout, stderr, seen } = await runScript(file)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  await isGranted(stdout, values)
  expect(seen, 'the search sees other processes').toContain('an argument that is seen')
  expect(findIn(seen, [values.clientSecret!])).toEqual([])
  await isRecognised(file, values, 'connection_secret', ['tokenUrl', 'clientId'])

  const damaged = read(file).replace(/(client_secret=.*)"$/m, '$1x"')
  const refused = await runScript(write(`${files} damaged.sh`, damaged))
  expect(refused.code, 'the script of a pipeline has to fail').toBe(22)
  expect(refused.stdout).toMatch(/invalid_client/)
})

test.each(CERTIFICATES)('%s: the curl script gets a token by the files beside it', async (kind) => {
  const { values } = credentials[kind]
  const file = await exported(kind, 'curl', 'zip')
  const { folder, names } = await unpacked(file)
  const stem = names[0]!.replace(/\.sh$/, '')
  expect(names).toEqual([`${stem}.sh`, `${stem}-chain.pem`, `${stem}-key.pem`])
  const { code, stdout, stderr } = await runScript(join(folder, names[0]!))
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  await isGranted(stdout, values)
  await isRecognised(file, values, 'connection_certificate', ['certUrl', 'clientId'])

  const other = credentials[kind === 'P-256' ? 'RSA-2048' : 'P-256'].values
  writeFileSync(join(folder, names[1]!), other.certificate!)
  writeFileSync(join(folder, names[2]!), other.key!)
  const refused = await runScript(join(folder, names[0]!))
  expect({ code: refused.code, token: refused.stdout.includes('access_token') }).toEqual({ code: 22, token: false })
})

test('the curl script gets a token from a server that is not ours, by certificate', async () => {
  const { folder, names } = await unpacked(await converted(elsewhere.certificate, 'curl', 'zip'))
  const { code, stdout, stderr } = await runScript(join(folder, names[0]!))
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  await isGranted(stdout, elsewhere.certificate)
})

// ---- Service keys ----

const client = (name: string) => fileURLToPath(new URL(`clients/${name}`, import.meta.url))
const bySapXssec = (file: string) => outputOf(PYTHON, [client('xssec_client.py'), file], env)
const bySimpleOauth2 = (file: string, method: string) =>
  outputOf(process.execPath, [client('service-key.mjs'), file, method], env)

test.each(KINDS.filter((kind) => kind !== 'awkward secret'))(
  '%s: the service key gets a token by the client for XSUAA that SAP publishes',
  async (kind) => {
    const { values } = credentials[kind]
    for (const format of ['service-key', 'service-key-credentials'])
      await isGranted(await bySapXssec(await exported(kind, format, 'json')), values)
  },
)

test('that client needs certurl for a certificate', async () => {
  const key = JSON.parse(read(await exported('P-256', 'service-key', 'json'))) as Texts
  const file = write('without-certurl.json', JSON.stringify({ ...key, certurl: key['url'] }))
  await expect(bySapXssec(file)).rejects.toThrow(/401|not successful/)
})

test('a service key of another server gets a token by simple-oauth2: any secret, and a certificate', async () => {
  const { secret, certificate } = elsewhere
  await isGranted(await bySimpleOauth2(await converted(secret, 'service-key', 'json'), 'header'), secret)
  await isGranted(await bySimpleOauth2(await converted(certificate, 'service-key', 'json'), 'body'), certificate)
})

// ---- Leaks ----

test('nothing that the app has printed, and no file of its own, holds a secret, a key or a token', async () => {
  const secrets = [
    AWKWARD_SECRET,
    PASSWORD,
    credentials['client secret'].values.clientSecret!,
    ...CERTIFICATES.flatMap((kind) => piecesOfKey(credentials[kind].values.key!)),
    ...tokens,
  ]
  expect(tokens.length, 'there were tokens').toBeGreaterThan(10)
  expect(findIn(read(path('client secret.json')), secrets), 'the search finds what is there').toHaveLength(1)
  expect(drawbridge.printed, 'there were outputs').toContain(credentials['client secret'].values.clientId)
  expect(findIn(drawbridge.printed, secrets)).toEqual([])
  expect(findInFiles(service.desktop.folder, secrets, [folder, join(service.desktop.folder, 'provider')])).toEqual([])
})
