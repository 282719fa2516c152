// What the window exports, taken over as it is by clients that are not ours: each gets a token from the running app and
// reads the portal's APIs with it.

import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { ROOT } from '../support/binaries.ts'
import { journey } from '../support/journey.ts'
import { findIn, findInFiles, piecesOfKey } from '../support/leaks.ts'
import { until } from '../support/processes.ts'
import { Screens, type CertificateDocument, type Kind, type SecretDocument } from '../support/screens.ts'
import { listens } from './servers.ts'

const ROLE = 'APIPortal.Service.CatalogIntegration'
const ORDERS = `openapi: 3.1.0
info: { title: Orders of the shop, description: Reads and writes the orders., version: 2.1.0 }
servers: [{ url: https://backend.example.com/orders }]
paths: {}
`
const story = journey()
let screens: Screens
let authority: string

interface Exported {
  /** The file as the app wrote it. */
  file: string
  document: SecretDocument & CertificateDocument
  clientId: string
}
const exported = {} as Record<Kind, Exported>

interface Granted {
  access_token: string
  token_type: string
  expires_in: number
  scope: string
  portalApi: { status: number; body: unknown }
  /** What openid-client has read in the service's metadata. */
  published?: { token_endpoint: string; jwks_uri: string; mutual?: string }
  /** What Python has read in the token, after verifying it. */
  claims?: Record<string, unknown>
}
const granted: { kind: Kind; by: string; token: string }[] = []

// ---- The clients ----

function run(command: string, args: string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: authority, LANG: 'C.UTF-8' }
    const child = execFile(command, args, { env, timeout: 30_000 }, (error, stdout, stderr) =>
      error ? reject(new Error(`${command} failed: ${stderr || stdout || error.message}`)) : resolve(stdout),
    )
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
  })
}

const script = (name: string) => fileURLToPath(new URL(`clients/${name}`, import.meta.url))
const parse = async (output: Promise<string>) => JSON.parse(await output) as Granted

type Client = (exported: Exported) => Promise<Granted>

const byNode =
  (name: string, method: string): Client =>
  ({ file }) =>
    parse(run(process.execPath, [script(name), file, method]))

const byPython =
  (method: string): Client =>
  ({ file }) =>
    parse(run(`${ROOT}/target/interop/python/bin/python`, [script('authlib_client.py'), file, method, authority]))

const curl = (...args: string[]) =>
  run('curl', ['--silent', '--show-error', '--max-time', '20', '--cacert', authority, ...args])

/** Status and body of what curl is answered. */
async function curlAnswer(...args: string[]): Promise<{ status: number; body: unknown }> {
  const output = await curl('--write-out', '\n%{http_code}', ...args)
  const end = output.lastIndexOf('\n')
  return { status: Number(output.slice(end + 1)), body: JSON.parse(output.slice(0, end)) as unknown }
}

const portalApi = (url: string, token: string) =>
  curlAnswer('--header', `Authorization: Bearer ${token}`, `${url}/apiportal/api/1.0/Management.svc/APIProxies`)

const byCurl =
  (parts: (exported: Exported) => string[]): Client =>
  async (exported) => {
    const token = JSON.parse(
      await curl('--fail-with-body', '--data', 'grant_type=client_credentials', ...parts(exported)),
    )
    return { ...token, portalApi: await portalApi(exported.document.url, token.access_token) }
  }

const basic = byCurl(({ document }) => ['--user', `${document.clientId}:${document.clientSecret}`, document.tokenUrl])
const body = byCurl(({ document }) => [
  '--data-urlencode',
  `client_id=${document.clientId}`,
  '--data-urlencode',
  `client_secret=${document.clientSecret}`,
  document.tokenUrl,
])
/** curl takes certificate and key from files. */
const certificateFiles = ({ file, document }: Exported) => {
  const [chain, key] = [`${file}.certificate.pem`, `${file}.key.pem`]
  writeFileSync(chain, document.certificate)
  writeFileSync(key, document.key, { mode: 0o600 })
  return ['--cert', chain, '--key', key]
}
const certificate = byCurl((exported) => {
  const id = ['--data-urlencode', `client_id=${exported.clientId}`]
  return [...certificateFiles(exported), ...id, `${exported.document.certurl}/oauth/token`]
})

/** The calls as the vendor documents them (promise D2): the grant type in the query, and no body beside Basic. */
const documented =
  (parts: (exported: Exported) => string[]): Client =>
  async (exported) => {
    const token = JSON.parse(await curl('--fail-with-body', '--request', 'POST', ...parts(exported)))
    return { ...token, portalApi: await portalApi(exported.document.url, token.access_token) }
  }
const GRANT = 'grant_type=client_credentials'
const documentedBasic = documented(({ document }) => [
  ...['--user', `${document.clientId}:${document.clientSecret}`],
  `${document.tokenUrl}?${GRANT}`,
])
const documentedCertificate = documented((exported) => [
  ...certificateFiles(exported),
  ...['--data-urlencode', `client_id=${exported.clientId}`],
  `${exported.document.certurl}/oauth/token?${GRANT}`,
])
const byRequests: Client = ({ file }) =>
  parse(run(`${ROOT}/target/interop/python/bin/python`, [script('requests_client.py'), file, authority]))

const SECRET: Kind[] = ['Client secret']
const CERTIFICATE: Kind[] = ['P-256', 'RSA-2048']
const CLIENTS: { by: string; kinds: Kind[]; client: Client }[] = [
  { by: 'openid-client, ClientSecretBasic', kinds: SECRET, client: byNode('openid-client.mjs', 'ClientSecretBasic') },
  { by: 'openid-client, ClientSecretPost', kinds: SECRET, client: byNode('openid-client.mjs', 'ClientSecretPost') },
  { by: 'openid-client, TlsClientAuth', kinds: CERTIFICATE, client: byNode('openid-client.mjs', 'TlsClientAuth') },
  { by: 'simple-oauth2, header', kinds: SECRET, client: byNode('simple-oauth2.mjs', 'header') },
  { by: 'simple-oauth2, body', kinds: SECRET, client: byNode('simple-oauth2.mjs', 'body') },
  { by: 'simple-oauth2, certificate', kinds: CERTIFICATE, client: byNode('simple-oauth2.mjs', 'certificate') },
  { by: 'Authlib, client_secret_basic', kinds: SECRET, client: byPython('client_secret_basic') },
  { by: 'Authlib, client_secret_post', kinds: SECRET, client: byPython('client_secret_post') },
  { by: 'Authlib, tls_client_auth', kinds: CERTIFICATE, client: byPython('tls_client_auth') },
  { by: 'curl --user', kinds: SECRET, client: basic },
  { by: 'curl with the secret in the body', kinds: SECRET, client: body },
  { by: 'curl --cert --key', kinds: CERTIFICATE, client: certificate },
  { by: 'curl, the grant type in the query, Basic and no body', kinds: SECRET, client: documentedBasic },
  { by: 'curl --cert --key, the grant type in the query', kinds: CERTIFICATE, client: documentedCertificate },
  { by: 'requests, the grant type in the query and no body', kinds: SECRET, client: byRequests },
]

// ---- The story ----

test('the app listens on ports that were free', async () => {
  screens = new Screens(await story.app(), story.desktop)
  await screens.welcome('Alice Example', 'alice@example.com')
  await screens.useFreePorts()
})

test.each<[Kind, string]>([
  ['Client secret', 'Secret Shop'],
  ['P-256', 'Curve Shop'],
  ['RSA-2048', 'Prime Shop'],
])('credentials of the kind %s are generated and exported', async (kind, portal) => {
  await screens.createPortal(portal, portal.toLowerCase().replace(' ', '-'))
  await screens.generate(kind)
  const file = join(story.desktop.exports, `${portal}.json`)
  const { document } = await screens.exportCurrent<SecretDocument & CertificateDocument>(file)
  const clientId =
    kind === 'Client secret'
      ? document.clientId
      : /^CN=(.*)$/m.exec(new X509Certificate(document.certificate).subject)![1]!
  exported[kind] = { file, document, clientId }
})

test('one of the portals has an API', async () => {
  const path = join(story.desktop.exports, 'orders.yaml')
  writeFileSync(path, ORDERS)
  await screens.openPortal('Secret Shop')
  await screens.openPortalTab('APIs')
  await screens.importApi(path)
  await screens.app.see('Orders of the shop 2.1.0 is imported')
})

test('the CA certificate is exported, so that other programs trust the service', async () => {
  authority = join(story.desktop.exports, 'authority.pem')
  await screens.go('Settings')
  await screens.app.click('button', 'Export CA Certificate…')
  await screens.desktop.saveAs(authority)
  await until('the CA certificate to be exported', () => existsSync(authority))
  const { document } = exported['Client secret']
  await until('the token service to run', () => listens(Number(new URL(document.tokenUrl).port)))
  await expect(
    run('curl', ['--silent', '--show-error', `${document.url}/token_keys`]),
    'without the exported certificate nobody trusts it',
  ).rejects.toThrow(/certificate/)
})

for (const { by, kind, client } of CLIENTS.flatMap(({ kinds, ...rest }) => kinds.map((kind) => ({ kind, ...rest })))) {
  test(`${by}: a token by the ${kind} credentials, and with it the portal's APIs`, async () => {
    const { document, clientId } = exported[kind]
    const token = await client(exported[kind])
    expect(token.token_type.toLowerCase()).toBe('bearer')
    expect(token.expires_in).toBe(3600)
    expect(token.scope).toBe(ROLE)
    const apis = kind === 'Client secret' ? [{ title: 'Orders of the shop', version: '2.1.0' }] : []
    expect(token.portalApi).toMatchObject({ status: 200, body: { d: { results: apis } } })
    if (token.published) {
      expect(token.published.jwks_uri).toBe(`${document.url}/token_keys`)
      expect(token.published.token_endpoint).toBe(document.tokenUrl ?? document.tokenurl)
      const { mutual } = token.published
      if (document.certurl)
        expect(mutual, 'the alias is where the document sends').toBe(`${document.certurl}/oauth/token`)
    }
    if (token.claims) expect(token.claims).toMatchObject({ iss: document.url, sub: clientId, scope: ROLE })
    granted.push({ kind, by, token: token.access_token })
  })
}

test('every token verifies against the published keys in jose', async () => {
  expect(granted).toHaveLength(CLIENTS.flatMap(({ kinds }) => kinds).length)
  const questions = granted.map(({ kind, token }) => {
    const issuer = exported[kind].document.url
    return { issuer, keys: `${issuer}/token_keys`, token }
  })
  const answers = JSON.parse(await run(process.execPath, [script('jose.mjs')], JSON.stringify(questions))) as {
    payload: Record<string, unknown>
    header: Record<string, unknown>
  }[]
  const ids = new Set<unknown>()
  answers.forEach(({ payload, header }, index) => {
    const { clientId, document } = exported[granted[index]!.kind]
    expect(payload).toMatchObject({
      iss: document.url,
      aud: [clientId, document.url],
      sub: clientId,
      client_id: clientId,
      scope: ROLE,
    })
    expect(Number(payload['exp']) - Number(payload['iat'])).toBe(3600)
    expect(header['kid'], 'a client finds the key by its id').toEqual(expect.any(String))
    ids.add(payload['jti'])
  })
  expect(ids.size, 'no two tokens are the same').toBe(granted.length)
})

test('pyodata reads the schema of the portal API and makes its requests from that (promise D4)', async () => {
  const path = join(story.desktop.exports, 'invoices.yaml')
  writeFileSync(path, ORDERS.replace('Orders of the shop', 'Invoices of the shop').replace('/orders', '/invoices'))
  await screens.openPortal('Secret Shop')
  await screens.openPortalTab('APIs')
  await screens.importApi(path)
  await screens.app.see('Invoices of the shop 2.1.0 is imported')
  const { document } = exported['Client secret']
  const { token } = granted.find(({ kind }) => kind === 'Client secret')!
  const service = `${document.url}/apiportal/api/1.0/Management.svc`
  const client = [script('odata_client.py'), service, authority]
  const seen = JSON.parse(await run(`${ROOT}/target/interop/python/bin/python`, client, token)) as {
    all: string[]
    title: string
  } & Record<string, unknown>
  const [first, second] = seen.all
  expect(seen).toMatchObject({
    sets: ['APIProxies'],
    properties: ['base_path', 'description', 'name', 'openapi_version', 'title', 'version'],
    count: 2,
    counted: 2,
    descending: [second, first],
    second: [second],
    filtered: [first],
    by_condition: [first],
    entity: seen.title,
    title: 'Invoices of the shop',
  })
})

test('a token is good at its own portal only', async () => {
  const { token } = granted.find(({ kind }) => kind === 'P-256')!
  const answer = await portalApi(exported['RSA-2048'].document.url, token)
  expect(answer.status).toBe(401)
})

test('neither a damaged secret nor the certificate of another portal is let in', async () => {
  const { document } = exported['Client secret']
  const inQuery = await curlAnswer(
    ...['--request', 'POST', `${document.tokenUrl}?${GRANT}&client_id=x&client_secret=${document.clientSecret}`],
  )
  expect(inQuery, 'a secret in the query is in the log of every program on the way').toMatchObject({
    status: 400,
    body: { error: 'invalid_request' },
  })
  const wrong = await curlAnswer(
    ...['--user', `${document.clientId}:${document.clientSecret}x`],
    ...['--data', 'grant_type=client_credentials', document.tokenUrl],
  )
  expect(wrong).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
  const { document: own, clientId } = exported['P-256']
  const { file } = exported['RSA-2048']
  const foreign = await curlAnswer(
    ...['--cert', `${file}.certificate.pem`, '--key', `${file}.key.pem`, '--data', 'grant_type=client_credentials'],
    ...['--data-urlencode', `client_id=${clientId}`, `${own.certurl}/oauth/token`],
  )
  expect(foreign).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
})

test('once revoked, the same values get no token, and the tokens they got are void', async () => {
  const { app } = screens
  const { document } = exported['Client secret']
  await screens.openPortal('Secret Shop')
  await screens.generate('Client secret')
  await app.click('button', 'Revoke…', { in: await screens.card('Superseded') })
  const dialog = await app.find('dialog')
  await app.click('button', 'Revoke', { in: dialog })
  await app.gone('dialog')
  const again = await curlAnswer(
    ...['--user', `${document.clientId}:${document.clientSecret}`],
    ...['--data', 'grant_type=client_credentials', document.tokenUrl],
  )
  expect(again).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
  const { token } = granted.find(({ kind }) => kind === 'Client secret')!
  expect(await portalApi(document.url, token)).toMatchObject({ status: 401 })
})

test('no secret, key or token of this story is in the data folder or the logs', async () => {
  const tokens = granted.flatMap(({ token }) => [token, token.split('.')[2]!])
  const keys = CERTIFICATE.flatMap((kind) => piecesOfKey(exported[kind].document.key))
  const secrets = [exported['Client secret'].document.clientSecret, ...keys, ...tokens]
  const planted = (Object.keys(exported) as Kind[]).map((kind) => findIn(readFileSync(exported[kind].file), secrets))
  expect(
    planted.every((found) => found.length > 0),
    'the search finds what is there',
  ).toBe(true)
  await screens.app.close()
  expect(findInFiles(story.desktop.folder, secrets, [story.desktop.exports])).toEqual([])
})
