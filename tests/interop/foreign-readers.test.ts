// What the app exports, in every format that it offers, read by the programs that the format is for: values arrive as
// they were, and what is to get a token gets one from the running token service.

import { X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer as createPlainServer } from 'node:http'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { load, serviceKeys, shipped } from '../support/binaries.ts'
import { freePort } from '../support/desktop.ts'
import { findIn, findInFiles, piecesOfKey } from '../support/leaks.ts'
import { Authority } from './authority.ts'
import { CommandLine, runToEnd, type Run } from './command-line.ts'
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
/** Of containers: what properties and YAML give a meaning to. Java reads no other characters than those of ASCII. */
const PASSWORDS = { 'RSA-2048': 'p: =#!\\a\'"$ {x}%-a', 'P-256': 'p: =#!\\a\'"$ {x}%' }

type Kind = 'client secret' | 'awkward secret' | 'RSA-2048' | 'P-256'
const SECRETS = ['client secret', 'awkward secret'] as const
const CERTIFICATES = ['RSA-2048', 'P-256'] as const
const KINDS: Kind[] = [...SECRETS, ...CERTIFICATES]

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
let authority: Authority
/** Files with one line each. */
let passwords: Record<keyof typeof PASSWORDS | 'wrong', string>
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
  passwords = {
    'RSA-2048': write('password of RSA-2048', `${PASSWORDS['RSA-2048']}\n`),
    'P-256': write('password of P-256', `${PASSWORDS['P-256']}\n`),
    wrong: write('wrong password', 'another\n'),
  }

  authority = Authority.create(join(desktop.folder, 'authority'), 'foreign authority')
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
  const file = write('awkward.json', JSON.stringify(values))
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
const alreadyExported = new Map<string, Promise<string>>()

/** Exports credentials, and returns the file: the same one when they are wanted again. */
function exported(kind: Kind, format: string, ending: string, ...options: string[]): Promise<string> {
  const wanted = [kind, format, ...options].join(' ')
  const there = alreadyExported.get(wanted)
  if (there) return there
  const file = path(`${++files} ${kind} ${format}.${ending}`)
  const command = ['export', ...credentials[kind].arguments, '--format', format, '--out', file, ...options]
  const writing = drawbridge.run(...command).then(() => file)
  alreadyExported.set(wanted, writing)
  return writing
}

/** Writes the values as a document, and converts that. */
async function converted(values: Values, format: string, ending: string): Promise<string> {
  const { certUrl, ...others } = values
  const document = write(`${++files} document.json`, JSON.stringify({ ...others, certurl: certUrl }))
  const file = document.replace('document.json', `converted.${ending}`)
  await drawbridge.run('convert', document, '--to', format, '--out', file, '--name', 'yes')
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
  findings: Finding[]
  candidates: [
    {
      shape: string
      fields: { key: string; text: string | null }[]
      kind: { kind: string; fingerprint?: string }
      findings: Finding[]
    },
  ]
}

interface Finding {
  severity: 'error' | 'warning' | 'note'
  message: string
}

/** The parts that may be shown, with the keys that `inspect` has for them. */
const PUBLIC = { url: 'url', tokenUrl: 'tokenUrl', certUrl: 'certurl', clientId: 'clientId' } as const
type PublicPart = keyof typeof PUBLIC
const ALL = Object.keys(PUBLIC) as PublicPart[]

/** The app recognises what it has written, finds in it what it has put there, and misses only what has no room there. */
async function isRecognised(file: string, values: Values, shape: string, parts = ALL, options: string[] = []) {
  const { stdout } = await drawbridge.attempt('inspect', file, '--json', ...options)
  const { findings, candidates } = JSON.parse(stdout) as Report
  expect(candidates).toHaveLength(1)
  const [found] = candidates
  expect(found.shape).toBe(shape)
  for (const part of ALL) {
    const shown = found.fields.find(({ key }) => key === PUBLIC[part])?.text ?? undefined
    expect(shown, part).toBe(parts.includes(part) ? values[part] : undefined)
  }
  expect(found.kind).toMatchObject(
    values.certificate
      ? { kind: 'certificate', fingerprint: new X509Certificate(values.certificate).fingerprint256 }
      : { kind: 'clientSecret' },
  )
  const needed: PublicPart[] = ['url', values.key ? 'certUrl' : 'tokenUrl']
  const complaints = [...findings, ...found.findings].filter(({ severity }) => severity !== 'note')
  expect(complaints.map(({ message }) => message)).toEqual(
    needed.filter((part) => !parts.includes(part)).map((part) => `"${PUBLIC[part]}" is missing.`),
  )
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
  const { url, clientId, clientSecret, certificate, key } = values
  // Of what is generated here, the URLs are hosts without a path, and the members are there that SAP's clients read
  // (promise D1). What was imported stays as it was.
  const isOwn = kind !== 'awkward secret'
  const tokenHost = new URL(values.tokenUrl)
  const certUrl = values.certUrl && new URL(values.certUrl).origin
  const tenant = expect.stringMatching(/^[0-9a-f-]{36}$/) as string
  const expected = {
    clientid: clientId,
    ...(key ? { certificate, key, certurl: certUrl } : { clientsecret: clientSecret }),
    'credential-type': key ? 'x509' : 'binding-secret',
    url: tokenHost.origin,
    endpoints: { apiportal: url },
    ...(isOwn && {
      xsappname: clientId.replace(/^sb-/, ''),
      uaadomain: tokenHost.host,
      identityzone: 'sales',
      identityzoneid: tenant,
      zoneid: tenant,
      tenantid: tenant,
      tenantmode: 'dedicated',
      serviceInstanceId: tenant,
      verificationkey: expect.stringMatching(/^-----BEGIN PUBLIC KEY-----\n/) as string,
    }),
  }
  expect(JSON.parse(read(plain))).toEqual(expected)
  expect(JSON.parse(read(wrapped))).toEqual({ credentials: expected })
  const readBack = { ...values, tokenUrl: `${tokenHost.origin}/oauth/token`, ...(certUrl && { certUrl }) }
  for (const file of [plain, wrapped]) await isRecognised(file, readBack, `xsuaa_${proofOf(values)}`)
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
  ...(values.clientSecret && { clientSecret: values.clientSecret }),
  tokenServiceURL: values.certUrl ? `${values.certUrl}/oauth/token` : values.tokenUrl,
  tokenServiceURLType: 'Dedicated',
})

for (const syntax of Object.keys(SYNTAXES) as Syntax[]) {
  test.each(SECRETS)(`%s: a destination as ${syntax}`, async (kind) => {
    const { values } = credentials[kind]
    const file = await exported(kind, SYNTAXES[syntax], syntax)
    expect(await readDestination(file, syntax)).toEqual(destination(values))
    await isRecognised(file, values, 'destination')
  })

  test.each([
    ['RSA-2048', 'p12'],
    ['P-256', 'pem'],
  ] as const)(`%s: a destination as ${syntax}, and beside it its keystore, a .%s`, async (kind, keystore) => {
    const { values } = credentials[kind]
    const options = keystore === 'p12' ? ['--out-password-file', passwords[kind]] : ['--keystore', 'pem']
    const file = await exported(kind, SYNTAXES[syntax], 'zip', ...options)
    const { folder, names } = await unpacked(file)
    const found = await readDestination(join(folder, names[0]!), syntax)
    const location = `${found['Name']}.${keystore}`
    expect(names).toEqual([`${found['Name']}.${syntax}`, location])
    expect(found).toEqual({
      ...destination(values),
      'tokenService.KeyStoreLocation': location,
      ...(keystore === 'p12' && { 'tokenService.KeyStorePassword': PASSWORDS[kind] }),
    })
    const store = join(folder, location)
    if (keystore === 'p12') {
      const own = write(`${++files} password`, `${found['tokenService.KeyStorePassword']}\n`)
      await holds(await openContainer(store, own), values)
    } else {
      await holds({ certificates: certificatesIn(read(store)), key: await keyIn(store) }, values)
    }
    await isRecognised(file, values, 'destination', ['url', 'certUrl', 'clientId'])
  })
}

/** The very certificates and the very key. */
async function holds(found: Pick<Container, 'certificates' | 'key'> | { refused: string }, values: Values) {
  const certificates = certificatesIn(values.certificate!)
  expect(certificates.length, 'there is a chain').toBeGreaterThan(1)
  expect(found).toMatchObject({
    key: await keyIn(write(`${++files} expected.pem`, values.key!)),
    certificates,
  })
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
  const container = (kind: keyof typeof PASSWORDS) =>
    exported(kind, 'pkcs12', 'p12', '--out-password-file', passwords[kind], ...(isLegacy ? ['--legacy'] : []))

  test.each(CERTIFICATES)(`%s: a ${strength} PKCS#12 container opens with its password only`, async (kind) => {
    const { values } = credentials[kind]
    const file = await container(kind)
    const provider = isLegacy ? await legacyOption() : []

    const opened = await openContainer(file, passwords[kind], provider)
    await holds(opened, values)
    const { alias, protection } = opened as Container
    expect(alias).toMatch(/^sales-certificate-/)
    expect(protection).toMatch(isLegacy ? /MAC: sha1,/ : /MAC: sha256,/)
    expect(protection).toMatch(isLegacy ? /pbeWithSHA1And3-KeyTripleDES-CBC/ : /PBES2, PBKDF2, AES-256-CBC/)
    expect(await openContainer(file, passwords.wrong, provider)).toEqual({
      refused: expect.stringMatching(/invalid password/) as string,
    })
    await isRecognised(file, values, 'pkcs12', ['clientId'], ['--password-file', passwords[kind]])
  })

  test(`a ${strength} PKCS#12 container opens in Java, where there is one`, async (context) => {
    const listed = await readByKeytool(await container('P-256'), passwords['P-256'])
    if (listed === undefined) return context.skip('there is no keytool on this computer')
    const { certificate } = credentials['P-256'].values
    expect(listed).toMatch(/Alias name: sales-certificate-/)
    expect(listed).toContain('Entry type: PrivateKeyEntry')
    expect(listed).toContain(`Certificate chain length: ${certificatesIn(certificate!).length}`)
    expect(listed).toContain(`SHA256: ${new X509Certificate(certificate!).fingerprint256}`)
  })
}

// ---- Kubernetes ----

const KUBERNETES = {
  url: 'url',
  tokenUrl: 'token_url',
  certUrl: 'cert_url',
  clientId: 'client_id',
  clientSecret: 'client_secret',
  certificate: 'certificate',
  key: 'key',
}

/** The values under the names that a format has for them. */
const named = (values: Values, names: typeof KUBERNETES): Texts =>
  Object.fromEntries(Object.entries(values).map(([part, value]) => [names[part as keyof Values], value as string]))

test('a Kubernetes Secret keeps to the published schema, and carries the values', async () => {
  const written = await Promise.all(KINDS.map((kind) => exported(kind, 'kubernetes-secret', 'yaml')))
  const secrets = await readByPython('kubernetes-validate', written)
  for (const [index, kind] of KINDS.entries()) {
    const { values } = credentials[kind]
    expect(secrets[index], kind).toEqual({
      // The schema says nothing about names; Kubernetes wants a label of DNS.
      name: expect.stringMatching(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/) as string,
      type: 'Opaque',
      data: named(values, KUBERNETES),
    })
    await isRecognised(written[index]!, values, `connection_${proofOf(values)}`)
  }
})

test.each([
  ['a member that a Secret does not have', /^data:/m, 'contents:', /'contents' was unexpected/],
  ['a number where a text has to stand', /client_id: .*/, 'client_id: 12', /12 is not of type 'string'/],
])('the schema refuses %s', async (_, from, to, message) => {
  const damaged = read(await exported('client secret', 'kubernetes-secret', 'yaml')).replace(from, to)
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

/** Environment files and what they have to say. */
async function everyReaderSees(written: [string, Values][]) {
  const byPython = await readByPython(
    'python-dotenv',
    written.map(([file]) => file),
  )
  for (const [index, [file, values]] of written.entries()) {
    const expected = named(values, ENVIRONMENT)
    expect(byPython[index], 'python-dotenv').toEqual(expected)
    const [byShell, byNode] = await Promise.all([readByShell(file), readByNode(file)])
    expect(byShell, 'sh').toEqual(expected)
    expect(byNode, 'node --env-file').toEqual(expected)
    expect({ ...parseEnv(read(file)) }, 'util.parseEnv').toEqual(expected)
  }
}

test('an environment file says the same to a shell, to Python and to Node', async () => {
  for (const kind of KINDS.filter((kind) => kind !== 'awkward secret')) {
    const { values } = credentials[kind]
    const file = await exported(kind, 'env', 'env')
    await everyReaderSees([[file, values]])
    await isRecognised(file, values, `connection_${proofOf(values)}`)
  }
})

test('what they would not read alike is not written', async () => {
  const file = path('awkward.env')
  const { code, stderr } = await drawbridge.attempt('export', 'Awkward', '--format', 'env', '--out', file)
  expect(code).toBe(3)
  expect(stderr).toContain('"clientSecret" holds characters that this format cannot carry')
  expect(existsSync(file)).toBe(false)
})

// ---- Awkward values ----

/** What each is, the client secret, and whether an environment file can carry it. */
const AWKWARD: [string, string, boolean][] = [
  ['everything at once', '$a+b/c=-\'"\\ ü#%${HOME}', false],
  ['what single quotes can carry', '$a+b/c=-"\\ ü#%$HOME`id`$(id);&|<>*?[]!', true],
  ['what double quotes can carry', "it's+b/c=- ü#%;&|<>*?[]!", true],
  ['a number with an underscore', '1_000', true],
  ['a number in base 60', '12:30:45', true],
  ['a truth value', 'no', true],
  ['nothing', 'null', true],
  ['a list of YAML', '- a: [b, {c}] # d', true],
  ['a comment of properties', '#!=: :=!#', true],
  ['a text in quotes', '"quoted"', true],
  ['an escape', '\\u00fc\\n\\t', true],
  ['a backslash at the end', 'secret\\', false],
  ['two backslashes', 'a\\\\b', false],
  ['the name of a file', '@/etc/passwd', true],
]
const awkward = AWKWARD.map(([name, clientSecret, inEnvironment]) => ({ name, clientSecret, inEnvironment }))
const AWKWARD_PLACE = {
  url: 'https://portal.example.com',
  tokenUrl: 'https://portal.example.com/oauth/token',
  clientId: '0123',
}

test.each(['yaml', 'properties'] as const)('secrets that look like something else stay texts in %s', async (syntax) => {
  const written = await Promise.all(
    awkward.map(({ clientSecret }) => converted({ ...AWKWARD_PLACE, clientSecret }, SYNTAXES[syntax], syntax)),
  )
  const found = await readByPython(syntax === 'yaml' ? 'PyYAML' : 'jproperties', written)
  for (const [index, { name, clientSecret }] of awkward.entries())
    expect(found[index], name).toEqual({ ...destination({ ...AWKWARD_PLACE, clientSecret }), Name: 'yes' })
})

test('secrets that look like something else stay texts in an environment file, or are refused', async () => {
  const attempts = awkward.map(async ({ name, clientSecret, inEnvironment }): Promise<[string, Values][]> => {
    const values = { ...AWKWARD_PLACE, clientSecret }
    const file = converted(values, 'env', 'env')
    if (inEnvironment) return [[await file, values]]
    await expect(file, name).rejects.toThrow(/cannot carry/)
    return []
  })
  await everyReaderSees((await Promise.all(attempts)).flat())
})

test('secrets that look like something else reach the server by the curl script', async () => {
  const { certificate, key } = authority.server()
  const received: Texts[] = []
  const server = createServer({ cert: certificate, key }, (request, response) => {
    void text(request).then((body) => {
      received.push(Object.fromEntries(new URLSearchParams(body)))
      response.end('{}')
    })
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  try {
    const tokenUrl = `https://localhost:${port}/oauth/token`
    const scripts = await Promise.all(
      awkward.map(({ clientSecret }) => converted({ ...AWKWARD_PLACE, tokenUrl, clientSecret }, 'curl', 'sh')),
    )
    for (const [index, { name, clientSecret }] of awkward.entries()) {
      expect(await outputOf('sh', [scripts[index]!], env)).toBe('{}')
      const form = { grant_type: 'client_credentials', client_id: AWKWARD_PLACE.clientId, client_secret: clientSecret }
      expect(received.pop(), name).toEqual(form)
    }
  } finally {
    server.close()
  }
})

// ---- curl ----

/** A curl before the real one, that records what every process on the computer may read while the script runs. */
async function watchedCurl(): Promise<{ env: NodeJS.ProcessEnv; seen: string }> {
  const real = (await outputOf('sh', ['-c', 'command -v curl'])).trim()
  const seen = path(`${++files} seen`)
  const programs = path(`${files} programs`)
  mkdirSync(programs)
  const script = `#!/bin/sh
cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ >'${seen}' 2>/dev/null
printf '%s\\0' "$@" >>'${seen}'
exec '${real}' "$@"
`
  writeFileSync(join(programs, 'curl'), script, { mode: 0o700 })
  return { env: { ...env, PATH: `${programs}:${env['PATH']}` }, seen }
}

/** Runs the script as a person would, from some other folder. */
async function runScript(script: string): Promise<Run & { seen: string }> {
  const { env, seen } = await watchedCurl()
  const run = await runToEnd('sh', [script, 'an argument that is seen'], env, '/')
  return { ...run, seen: read(seen) }
}

const tokens: string[] = []

/** There is a token, and the portal lets it in. */
async function isGranted(output: string, { url }: Values) {
  const { access_token: token } = JSON.parse(output) as { access_token: string }
  tokens.push(token)
  const status = ['--silent', '--show-error', '--output', '/dev/null', '--write-out', '%{http_code}']
  const portalApi = `${url}/apiportal/api/1.0/Management.svc/APIProxies`
  const options = [...status, '--header', `Authorization: Bearer ${token}`]
  expect(await outputOf('curl', [...options, portalApi], env)).toBe('200')
}

test.each(SECRETS)('%s: the curl script gets a token, and shows the secret to no other process', async (kind) => {
  const { values } = credentials[kind]
  const file = await exported(kind, 'curl', 'sh')
  const { seen, ...run } = await runScript(file)
  expect(run).toEqual({ code: 0, stdout: expect.any(String) as string, stderr: '' })
  await isGranted(run.stdout, values)
  expect(seen, 'the search sees other processes').toContain('an argument that is seen')
  expect(findIn(seen, [values.clientSecret!])).toEqual([])
  await isRecognised(file, values, 'other', ['tokenUrl', 'clientId'])

  const damaged = read(file).replace(/(client_secret=.*)"$/m, '$1x"')
  const refused = await runScript(write(`${++files} damaged.sh`, damaged))
  expect(refused.code, 'a pipeline has to notice').toBe(22)
  expect(refused.stdout).toContain('invalid_client')
})

test.each(CERTIFICATES)('%s: the curl script gets a token by the files beside it', async (kind) => {
  const { values } = credentials[kind]
  const file = await exported(kind, 'curl', 'zip')
  const { folder, names } = await unpacked(file)
  const [script, chain, key] = names.map((name) => join(folder, name)) as [string, string, string]
  const stem = script.replace(/\.sh$/, '')
  expect([script, chain, key]).toEqual([`${stem}.sh`, `${stem}-chain.pem`, `${stem}-key.pem`])
  const { seen: _, ...run } = await runScript(script)
  expect(run).toEqual({ code: 0, stdout: expect.any(String) as string, stderr: '' })
  await isGranted(run.stdout, values)
  await isRecognised(file, values, 'other', ['certUrl', 'clientId'])

  const other = credentials[kind === 'P-256' ? 'RSA-2048' : 'P-256'].values
  writeFileSync(chain, other.certificate!)
  writeFileSync(key, other.key!)
  const refused = await runScript(script)
  expect(refused.code, 'the certificate of another client').toBe(22)
  expect(refused.stdout).not.toContain('access_token')
})

test('the curl script gets a token by certificate from a server that is not ours', async () => {
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

test.each([
  ['client secret', 'service-key'],
  ['client secret', 'service-key-credentials'],
  ['RSA-2048', 'service-key'],
  ['P-256', 'service-key-credentials'],
] as const)("%s: SAP's client for XSUAA takes the %s as it is, and gets a token", async (kind, format) => {
  await isGranted(await bySapXssec(await exported(kind, format, 'json')), credentials[kind].values)
})

test.each([
  ['client secret', 'service-key'],
  ['client secret', 'service-key-credentials'],
  ['RSA-2048', 'service-key'],
  ['P-256', 'service-key-credentials'],
] as const)("%s: SAP's client for Node.js gets a token by the %s and verifies it (promise D1)", async (kind, format) => {
  const { values } = credentials[kind]
  const file = await exported(kind, format, 'json')
  const output = await outputOf(process.execPath, [client('xssec.mjs'), file], env)
  await isGranted(output, values)
  const { access_token: _, zone, instance, ...seen } = JSON.parse(output) as Record<string, unknown>
  const issuer = new URL(values.url).origin
  expect(seen).toEqual({
    clientId: values.clientId,
    grantType: 'client_credentials',
    subdomain: 'sales',
    mayReadApis: true,
    issuers: [issuer, issuer, issuer],
    refused: 'WrongAudienceError',
  })
  const key = JSON.parse(read(file)) as Record<string, unknown>
  const members = (key['credentials'] ?? key) as Texts
  expect([zone, instance]).toEqual([members['tenantid'], members['serviceInstanceId']])
})

test.each(['client secret', 'RSA-2048'] as const)(
  '%s: another client that takes the host of a URL gets a token by the service key (promise D1)',
  async (kind) => {
    const { values } = credentials[kind]
    const file = await exported(kind, 'service-key', 'json')
    await isGranted(await bySimpleOauth2(file, kind === 'client secret' ? 'header' : 'body'), values)
  },
)

test("SAP's client for Python goes to certurl: it gets no token where only client secrets are taken", async () => {
  const key = JSON.parse(read(await exported('P-256', 'service-key', 'json'))) as Texts
  const file = write('another-certurl.json', JSON.stringify({ ...key, certurl: key['url'] }))
  await expect(bySapXssec(file)).rejects.toThrow('Call to /oauth/token was not successful')
})

test('simple-oauth2 gets tokens from a server that is not ours, by an awkward secret and by certificate', async () => {
  const { secret, certificate } = elsewhere
  await isGranted(await bySimpleOauth2(await converted(secret, 'service-key', 'json'), 'header'), secret)
  await isGranted(await bySimpleOauth2(await converted(certificate, 'service-key', 'json'), 'body'), certificate)
})

// ---- Connection API Credentials of PingOne ----

/** Secrets that HTTP Basic, shells, JSON and curl could misread, and whether an environment file can carry them. */
const PINGONE_SECRETS: [string, boolean][] = [
  ['a: colon;and=semicolon %41+b/c 1', true],
  ['$HOME `id` "double" #2', true],
  ["it's single \\n 3", false],
  ['${HOME} 4', false],
  [' spaces at both ends 5 ', true],
  ['END', true],
]

/** Adds credentials with that secret, to an account of their own; returns their client id. */
async function connectionCredential(secret: string): Promise<string> {
  const account = `PingOne ${++files}`
  await drawbridge.run('pingone', 'create', account)
  const file = write(`${files} secret`, `${secret}\n`)
  const clientId = `client-${files}`
  await drawbridge.run('pingone', 'add', account, '--client-id', clientId, '--secret-file', file)
  return clientId
}

async function exportedConnection(clientId: string, format: string): Promise<string> {
  const file = path(`${++files} pingone.${format}`)
  await drawbridge.run('pingone', 'export', clientId, '--format', format, '--out', file)
  return file
}

test('an environment file of Connection API Credentials says the same to all, or is not written', async () => {
  for (const [secret, inEnvironment] of PINGONE_SECRETS) {
    const clientId = await connectionCredential(secret)
    expect(JSON.parse(read(await exportedConnection(clientId, 'json')))).toEqual({ clientId, clientSecret: secret })
    if (!inEnvironment) {
      await expect(exportedConnection(clientId, 'env'), secret).rejects.toThrow(/cannot carry/)
      continue
    }
    const file = await exportedConnection(clientId, 'env')
    const expected = { PINGONE_CLIENT_ID: clientId, PINGONE_CLIENT_SECRET: secret }
    expect(await readByPython('python-dotenv', [file]), 'python-dotenv').toEqual([expected])
    expect(await readByShell(file), 'sh').toEqual(expected)
    expect(await readByNode(file), 'node --env-file').toEqual(expected)
  }
})

test('the curl script for PingOne sends id and secret as HTTP Basic, and shows the secret to nobody else', async () => {
  const received: { url: string | undefined; authorization: string | undefined }[] = []
  const server = createPlainServer((request, response) => {
    received.push({ url: request.url, authorization: request.headers.authorization })
    const known = request.headers.authorization?.startsWith('Basic ')
    response.writeHead(known && request.url?.endsWith('/idp-1') ? 200 : 404).end('{}')
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  try {
    for (const [secret] of PINGONE_SECRETS) {
      const clientId = await connectionCredential(secret)
      const script = await exportedConnection(clientId, 'curl')
      const { env, seen } = await watchedCurl()
      const local = { ...env, PINGONE_URL: `http://127.0.0.1:${port}` }
      expect(await runToEnd('sh', [script, 'idp-1'], local, '/')).toEqual({ code: 0, stdout: '{}', stderr: '' })
      const { url, authorization } = received.pop()!
      expect(url).toBe('/web-portal/rest/saas/idp/2.0/spManaged/idp-1')
      const sent = Buffer.from(authorization!.replace('Basic ', ''), 'base64').toString()
      expect(sent, 'as it is (RFC 7617)').toBe(`${clientId}:${secret}`)
      if (secret.length > 8) expect(findIn(read(seen), [secret])).toEqual([])
      expect((await runToEnd('sh', [script, 'other'], local)).code, 'a pipeline has to notice').toBe(22)
      expect((await runToEnd('sh', [script], local)).code, 'without the id of an identity provider').toBe(2)
      received.length = 0
    }
  } finally {
    server.close()
  }
})

// ---- Leaks ----

test('nothing that the app has printed, and no file of its own, holds a secret, a key or a token', async () => {
  const { desktop } = service
  const secrets = [
    AWKWARD_SECRET,
    ...Object.values(PASSWORDS),
    ...PINGONE_SECRETS.map(([secret]) => secret).filter((secret) => secret.length > 8),
    credentials['client secret'].values.clientSecret!,
    ...CERTIFICATES.flatMap((kind) => piecesOfKey(credentials[kind].values.key!)),
    ...tokens,
  ]
  expect(tokens.length, 'there were tokens').toBeGreaterThan(8)
  expect(findIn(read(path('client secret.json')), secrets), 'the search finds what is there').toHaveLength(1)
  expect(drawbridge.printed, 'there were outputs').toContain(credentials['client secret'].values.clientId)
  expect(findIn(drawbridge.printed, secrets)).toEqual([])
  expect(findInFiles(desktop.folder, secrets, [folder, join(desktop.folder, 'provider')])).toEqual([])
})
