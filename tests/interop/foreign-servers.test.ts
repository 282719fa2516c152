// The hub as a client of servers that are not ours: it gets through where the set-up is right, and where it is not, it
// names what is wrong and what to do. The program itself tests the documents, as a pipeline would have it do.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../support/desktop.ts'
import { Processes } from '../support/processes.ts'
import { Authority, type Issued } from './authority.ts'
import { Program, type Verdict } from './program.ts'
import { startNginx, startOidcProvider, startTinyproxy, type OidcProvider } from './servers.ts'

// Characters that do not survive a careless way of sending them.
const SECRET = 'p+l/u$s%20=and&more:even~'
const ID = {
  basic: 'sb-apiaccess_1705298659201!b109482|api-portal-xsuaa!b11864',
  post: 'sb-apiaccess_1705298659202!b109482|api-portal-xsuaa!b11864',
  certificate: 'sb-apiaccess_1705298659203!b109482|api-portal-xsuaa!b11864',
  browsers: 'a client for browsers',
  stranger: 'sb-apiaccess_1705298659209!b109482|api-portal-xsuaa!b11864',
  roleless: 'sb-apiaccess_1705298659204!b109482|api-portal-xsuaa!b11864',
}

type Front =
  | 'secrets'
  | 'certificates'
  | 'certificates over TLS 1.3'
  | 'certificates with a list of revoked ones'
  | 'another name'
  | 'ended certificate'
  | 'early certificate'
  | 'certificate without the one above it'
  | 'old TLS'
  | 'no TLS'
  | 'behind the proxy'

let folder: string
let processes: Processes
let program: Program
let trusted: Authority
let strangers: Authority
let provider: OidcProvider
let certificate: Record<'good' | 'rsa' | 'below' | 'revoked' | 'ended' | 'early' | 'foreign' | 'other', Issued>
const port = {} as Record<Front, number>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'drawbridge-interop-'))
  processes = new Processes(folder)
  program = await Program.prepare(processes, join(folder, 'installation'))
  trusted = Authority.create(join(folder, 'trusted'), 'Authority of the tests')
  strangers = Authority.create(join(folder, 'strangers'), 'Authority of strangers')
  certificate = {
    good: trusted.client({ name: ID.certificate }),
    rsa: trusted.client({ name: ID.certificate, kind: 'RSA-2048' }),
    below: trusted.below('below').client({ name: ID.certificate }),
    revoked: trusted.client({ name: ID.certificate }),
    ended: trusted.client({ name: ID.certificate, from: '20240101000000Z', until: '20250101000000Z' }),
    early: trusted.client({ name: ID.certificate, from: '20490101000000Z', until: '20500101000000Z' }),
    foreign: strangers.client({ name: ID.certificate }),
    other: trusted.client({ name: ID.stranger }),
  }
  const server = trusted.server()
  provider = await startOidcProvider(processes, join(folder, 'oidc-provider'), {
    server,
    clientAuthorities: trusted.file,
    clients: [
      { id: ID.basic, secret: SECRET, method: 'client_secret_basic' },
      { id: ID.post, secret: SECRET, method: 'client_secret_post' },
      { id: ID.certificate, method: 'tls_client_auth' },
      { id: ID.browsers, secret: SECRET, method: 'client_secret_basic', grants: ['authorization_code'] },
      { id: ID.roleless, secret: SECRET, method: 'client_secret_basic', roles: [] },
    ],
  })
  await startFronts(server)
})

afterAll(async () => {
  await processes?.stopAll()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

/** nginx in front of oidc-provider, right and in many ways wrong. */
async function startFronts(server: Issued): Promise<void> {
  const pass = `proxy_pass http://127.0.0.1:${provider.upstream}; proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-Proto https; proxy_set_header X-Client-Certificate $ssl_client_escaped_cert;`
  const shows = ({ files }: Issued, file = files.chain) =>
    `ssl_certificate "${file}"; ssl_certificate_key "${files.key}";`
  const demands = `ssl_verify_client on; ssl_client_certificate ${trusted.file}; ssl_verify_depth 3;`
  const below = trusted.below('below the servers').server()
  const blocks: Record<Front, string> = {
    secrets: `${shows(server)}
    limit_req_status 429;
    location / { ${pass} }
    location /moved/ { return 302 https://login.example.com/; }
    location /welcome/ { return 200 "<html><title>Please log in</title></html>"; }
    location /closed/ { return 403; }
    location /busy/ { return 429; }
    location /hangs-up/ { return 444; }
    location /down/ { proxy_pass http://127.0.0.1:1; }`,
    certificates: `${shows(server)} ${demands} ssl_protocols TLSv1.2; location / { ${pass} }`,
    'certificates over TLS 1.3': `${shows(server)} ${demands} ssl_protocols TLSv1.3; location / { ${pass} }`,
    'certificates with a list of revoked ones': `${shows(server)} ${demands} ssl_crl ${trusted.revoke(certificate.revoked)}; location / { ${pass} }`,
    'another name': `${shows(trusted.server({}, 'DNS:portal.example.com'))}`,
    'ended certificate': `${shows(trusted.server({ from: '20240101000000Z', until: '20250101000000Z' }))}`,
    'early certificate': `${shows(trusted.server({ from: '20490101000000Z', until: '20500101000000Z' }))}`,
    'certificate without the one above it': `${shows(below, below.files.certificate)}`,
    'old TLS': `${shows(server)} ssl_protocols TLSv1.1; ssl_ciphers ALL:@SECLEVEL=0;`,
    'no TLS': '',
    'behind the proxy': `${shows(trusted.server({}, `DNS:${INSIDE}`))} location / { ${pass} }`,
  }
  for (const front of Object.keys(blocks) as Front[]) port[front] = await freePort()
  const servers = (Object.entries(blocks) as [Front, string][]).map(
    ([front, block]) => `server { listen 127.0.0.1:${port[front]}${front === 'no TLS' ? '' : ' ssl'}; ${block} }`,
  )
  await startNginx(processes, join(folder, 'nginx'), servers, Object.values(port))
}

/** A name that only the proxy knows (RFC 6761 §6.4). */
const INSIDE = 'portal.tenant.invalid'

// ---- Documents ----

const at = (front: Front) => `https://localhost:${port[front]}`

const secretDocument = (changes: Partial<Record<'url' | 'tokenUrl' | 'clientId' | 'clientSecret', string>> = {}) => ({
  url: `${provider.url}/portal`,
  tokenUrl: `${provider.url}/oauth/token`,
  clientId: ID.basic,
  clientSecret: SECRET,
  ...changes,
})

const certificateDocument = (issued: Issued, certurl = provider.mutualUrl, chain = issued.chain) => ({
  url: `${provider.url}/portal`,
  tokenurl: `${provider.url}/oauth/token`,
  certurl,
  certificate: chain,
  key: issued.key,
})

const tested = (document: object, trust = trusted.file): Promise<Verdict> => program.test(document, trust)

const PASSED = ['document', 'validity', 'name_and_network', 'tls', 'token', 'portal_api']

describe('a set-up that is right passes every stage', () => {
  const passes = (what: string, document: () => object, trace?: RegExp) =>
    test(what, async () => {
      const verdict = await tested(document())
      expect(verdict.failure, 'nothing is wrong').toBeUndefined()
      expect(verdict.stages.filter(({ passed }) => passed).map(({ stage }) => stage)).toEqual(PASSED)
      expect(verdict.apis).toMatchObject([{ name: 'orders', title: 'Orders', version: '1.2.0' }])
      expect(verdict.exitCode).toBe(0)
      if (trace) expect(verdict.text).toMatch(trace)
    })

  passes('oidc-provider, client_secret_basic', () => secretDocument())
  passes('oidc-provider, client_secret_post', () => secretDocument({ clientId: ID.post }))
  passes('oidc-provider, tls_client_auth, P-256', () => certificateDocument(certificate.good), /with the certificate/)
  passes('oidc-provider, tls_client_auth, RSA 2048', () => certificateDocument(certificate.rsa), /with the certificate/)
  passes('oidc-provider, tls_client_auth, a chain of two', () => certificateDocument(certificate.below))
  passes('nginx before oidc-provider, client secret', () =>
    secretDocument({ tokenUrl: `${at('secrets')}/oauth/token` }),
  )
  passes(
    'nginx with "ssl_verify_client on", TLS 1.2',
    () => certificateDocument(certificate.good, at('certificates')),
    /TLS 1\.2, with the certificate/,
  )
  passes(
    'nginx with "ssl_verify_client on", TLS 1.3',
    () => certificateDocument(certificate.good, at('certificates over TLS 1.3')),
    /TLS 1\.3, with the certificate/,
  )
  passes('nginx with "ssl_verify_client on", a chain of two', () =>
    certificateDocument(certificate.below, at('certificates')),
  )
  passes('nginx with a list of revoked certificates, by one that is not on it', () =>
    certificateDocument(certificate.good, at('certificates with a list of revoked ones')),
  )
})

interface Broken {
  what: string
  document: () => object
  /** The file of the roots that this computer trusts. */
  trust?: () => string
  stage: string
  cause: string
  message: RegExp
  seen?: RegExp
  remedy: RegExp
}

const BROKEN: Broken[] = [
  {
    what: 'a wrong secret',
    document: () => secretDocument({ clientSecret: `${SECRET}x` }),
    stage: 'token',
    cause: 'bad_credentials',
    message: /does not accept these credentials/,
    seen: /HTTP 401 invalid_client/,
    remedy: /Check that they are complete/,
  },
  {
    what: 'a client that the server does not know',
    document: () => secretDocument({ clientId: ID.stranger }),
    stage: 'token',
    cause: 'bad_credentials',
    message: /does not accept these credentials/,
    remedy: /regenerate them/,
  },
  {
    what: 'a certificate of another client, issued by the right authority',
    document: () => ({ ...certificateDocument(certificate.other), clientId: ID.certificate }),
    stage: 'token',
    cause: 'bad_credentials',
    message: /does not accept these credentials/,
    remedy: /Check that they are complete/,
  },
  {
    what: 'a client that may not use client credentials',
    document: () => secretDocument({ clientId: ID.browsers }),
    stage: 'token',
    cause: 'grant_refused',
    message: /does not allow client credentials to this client/,
    seen: /requested grant type is not allowed/,
    remedy: /allow the grant client_credentials/,
  },
  {
    what: 'a client without the role',
    document: () => secretDocument({ clientId: ID.roleless }),
    stage: 'portal_api',
    cause: 'role_missing',
    message: /the role APIPortal\.Service\.CatalogIntegration is missing/,
    remedy: /service instance that has this role/,
  },
  {
    what: "another portal's URL",
    document: () => secretDocument({ url: `${provider.url}/another` }),
    stage: 'portal_api',
    cause: 'token_refused',
    message: /the portal API does not accept the access token/,
    remedy: /url and token URL belong to the same portal/,
  },
  {
    what: 'a token URL with a wrong path',
    document: () => secretDocument({ tokenUrl: `${provider.url}/oauth/tokens` }),
    stage: 'token',
    cause: 'not_found',
    message: /there is nothing at https:\/\/localhost:\d+\/oauth\/tokens/,
    remedy: /Check the path/,
  },
  {
    what: 'an authority that this computer does not trust',
    document: () => secretDocument(),
    trust: () => strangers.file,
    stage: 'tls',
    cause: 'untrusted_server',
    message: /the certificate of localhost is not trusted/,
    seen: /issued by .*Authority of the tests/,
    remedy: /added to the trusted certificates/,
  },
  {
    what: 'a server that leaves out the certificate above its own',
    document: () => secretDocument({ tokenUrl: `${at('certificate without the one above it')}/oauth/token` }),
    stage: 'tls',
    cause: 'untrusted_server',
    message: /the certificate of localhost is not trusted/,
    seen: /issued by .*below the servers/,
    remedy: /added to the trusted certificates/,
  },
  {
    what: 'a server with a certificate for another name',
    document: () => secretDocument({ tokenUrl: `${at('another name')}/oauth/token` }),
    stage: 'tls',
    cause: 'server_name_mismatch',
    message: /is not for localhost/,
    seen: /portal\.example\.com/,
    remedy: /Check the host in the URL/,
  },
  {
    what: 'a server with a certificate that has ended',
    document: () => secretDocument({ tokenUrl: `${at('ended certificate')}/oauth/token` }),
    stage: 'tls',
    cause: 'server_certificate_expired',
    message: /the certificate of localhost has expired/,
    seen: /2025-01-01/,
    remedy: /renew its certificate/,
  },
  {
    what: 'a server with a certificate that begins later',
    document: () => secretDocument({ tokenUrl: `${at('early certificate')}/oauth/token` }),
    stage: 'tls',
    cause: 'server_certificate_not_yet_valid',
    message: /the certificate of localhost is not valid yet/,
    seen: /2049-01-01/,
    remedy: /date and time of this computer/,
  },
  {
    what: 'a server that knows only an old TLS',
    document: () => secretDocument({ tokenUrl: `${at('old TLS')}/oauth/token` }),
    stage: 'tls',
    cause: 'tls_failed',
    message: /no secure connection to localhost/,
    remedy: /proxy or firewall/,
  },
  {
    what: 'a port without TLS',
    document: () => secretDocument({ tokenUrl: `${at('no TLS')}/oauth/token` }),
    stage: 'tls',
    cause: 'not_tls',
    message: /localhost does not speak TLS on port \d+/,
    remedy: /Check the port/,
  },
  {
    what: 'a URL without TLS',
    document: () => secretDocument({ tokenUrl: 'http://portal.example.com/oauth/token' }),
    stage: 'document',
    cause: 'document',
    message: /"tokenUrl" does not begin with https/,
    remedy: /beginning with https/,
  },
  {
    what: 'a port where nobody listens',
    document: () => secretDocument({ tokenUrl: 'https://localhost:1/oauth/token' }),
    stage: 'name_and_network',
    cause: 'refused',
    message: /localhost refuses connections on port 1/,
    remedy: /Check the port in the URL/,
  },
  {
    what: 'a host that does not exist',
    document: () => secretDocument({ tokenUrl: 'https://portal.invalid/oauth/token' }),
    stage: 'name_and_network',
    cause: 'unknown_host',
    message: /the host portal\.invalid is unknown/,
    remedy: /spelling of the URL/,
  },
  {
    what: 'a client secret where oidc-provider demands a certificate',
    document: () => secretDocument({ tokenUrl: `${provider.mutualUrl}/oauth/token` }),
    stage: 'tls',
    cause: 'client_certificate_required',
    message: /localhost requires a client certificate/,
    remedy: /the token URL for client secrets/,
  },
  {
    what: 'a client secret where nginx demands a certificate',
    document: () => secretDocument({ tokenUrl: `${at('certificates')}/oauth/token` }),
    stage: 'token',
    cause: 'client_certificate_required',
    message: /localhost requires a client certificate/,
    seen: /HTTP 400.*No required SSL certificate was sent/,
    remedy: /the token URL for client secrets/,
  },
  {
    what: "oidc-provider shown a stranger's certificate",
    document: () => certificateDocument(certificate.foreign),
    stage: 'tls',
    cause: 'client_certificate_refused',
    message: /localhost does not accept the client certificate/,
    remedy: /certurl belongs to the same portal/,
  },
  {
    what: "nginx shown a stranger's certificate",
    document: () => certificateDocument(certificate.foreign, at('certificates')),
    stage: 'token',
    cause: 'client_certificate_refused',
    message: /localhost does not accept the client certificate/,
    seen: /HTTP 400.*The SSL certificate error/,
    remedy: /certurl belongs to the same portal/,
  },
  {
    what: 'nginx shown a certificate without the one above it',
    document: () =>
      certificateDocument(certificate.below, at('certificates over TLS 1.3'), certificate.below.certificate),
    stage: 'token',
    cause: 'client_certificate_refused',
    message: /localhost does not accept the client certificate/,
    seen: /HTTP 400/,
    remedy: /the chain is complete/,
  },
  {
    what: 'nginx shown a revoked certificate',
    document: () => certificateDocument(certificate.revoked, at('certificates with a list of revoked ones')),
    stage: 'token',
    cause: 'client_certificate_refused',
    message: /localhost does not accept the client certificate/,
    seen: /HTTP 400/,
    remedy: /certurl belongs to the same portal/,
  },
  {
    what: 'a certificate at the URL for client secrets',
    document: () => certificateDocument(certificate.good, provider.url),
    stage: 'token',
    cause: 'certificate_at_wrong_host',
    message: /a certificate credential was used at the host for client secrets/,
    remedy: /Check certurl/,
  },
  {
    what: 'a certificate that has ended',
    document: () => certificateDocument(certificate.ended),
    stage: 'validity',
    cause: 'expired',
    message: /the certificate expired on 2025-01-01/,
    remedy: /Regenerate the credentials/,
  },
  {
    what: 'a certificate that begins later',
    document: () => certificateDocument(certificate.early),
    stage: 'validity',
    cause: 'not_yet_valid',
    message: /the certificate is not valid before 2049-01-01/,
    remedy: /date and time of this computer/,
  },
  {
    what: "another certificate's key",
    document: () => ({ ...certificateDocument(certificate.good), key: certificate.other.key }),
    stage: 'document',
    cause: 'document',
    message: /key/,
    remedy: /./,
  },
  {
    what: 'nginx that sends to a login page',
    document: () => secretDocument({ tokenUrl: `${at('secrets')}/moved/oauth/token` }),
    stage: 'token',
    cause: 'redirected',
    message: /redirects to another address; credentials are not forwarded/,
    seen: /login\.example\.com/,
    remedy: /address of the portal itself/,
  },
  {
    what: 'nginx that answers with a page',
    document: () => secretDocument({ tokenUrl: `${at('secrets')}/welcome/oauth/token` }),
    stage: 'token',
    cause: 'not_json',
    message: /did not answer with JSON/,
    seen: /Please log in/,
    remedy: /login page or a proxy/,
  },
  {
    what: 'nginx that lets nobody in',
    document: () => secretDocument({ tokenUrl: `${at('secrets')}/closed/oauth/token` }),
    stage: 'token',
    cause: 'forbidden',
    message: /denies access/,
    seen: /HTTP 403/,
    remedy: /proxy or firewall/,
  },
  {
    what: 'nginx that has had too many requests',
    document: () => secretDocument({ tokenUrl: `${at('secrets')}/busy/oauth/token` }),
    stage: 'token',
    cause: 'throttled',
    message: /has had too many requests/,
    remedy: /Wait a few minutes/,
  },
  {
    what: 'nginx with nobody behind it',
    document: () => secretDocument({ tokenUrl: `${at('secrets')}/down/oauth/token` }),
    stage: 'token',
    cause: 'server_failed',
    message: /the server failed at .* \(HTTP 502\)/,
    remedy: /Test again later/,
  },
  {
    what: 'nginx that hangs up',
    document: () => secretDocument({ tokenUrl: `${at('secrets')}/hangs-up/oauth/token` }),
    stage: 'token',
    cause: 'cut_off',
    message: /the connection was cut before/,
    remedy: /Test again/,
  },
  {
    what: 'nginx that answers with a page where the portal API should be',
    document: () => secretDocument({ url: `${at('secrets')}/welcome` }),
    stage: 'portal_api',
    cause: 'not_json',
    message: /did not answer with JSON/,
    remedy: /login page or a proxy/,
  },
]

describe('a set-up that is wrong is told by its cause, and how to repair it', () => {
  for (const { what, document, trust, stage, cause, message, seen, remedy } of BROKEN)
    test(what, async () => {
      const sent = document()
      const verdict = await tested(sent, trust?.())
      expect(verdict.failure, 'the program says what is wrong').toBeDefined()
      const failure = verdict.failure!
      expect({ stage: failure.stage, cause: failure.cause }, verdict.text).toEqual({ stage, cause })
      expect(failure.message).toMatch(new RegExp(message, 'i'))
      expect(failure.remedy).toMatch(remedy)
      if (seen) expect(failure.seen).toMatch(seen)
      expect(verdict.exitCode, 'a pipeline has to notice').not.toBe(0)
      expect(
        verdict.stages.map(({ stage, passed }) => `${stage} ${passed}`),
        'what comes after a failure is not attempted',
      ).toEqual(PASSED.slice(0, PASSED.indexOf(stage) + 1).map((name) => `${name} ${name !== stage}`))
      for (const secret of [SECRET, certificate.good.key.split('\n')[2]!]) {
        expect(verdict.text, 'a verdict is something one shows around').not.toContain(secret)
      }
    })

  test('they are more than twenty, with about as many causes', () => {
    expect(BROKEN.length).toBeGreaterThan(20)
    expect(new Set(BROKEN.map(({ cause }) => cause)).size).toBeGreaterThan(20)
  })
})

// Promise C2.
describe('a network that is left through a proxy only', () => {
  const document = () => {
    const base = `https://${INSIDE}:${port['behind the proxy']}`
    return secretDocument({ url: `${base}/portal`, tokenUrl: `${base}/oauth/token` })
  }

  test('every stage passes through tinyproxy, and without it there is no way', async () => {
    const proxy = await startTinyproxy(processes, join(folder, 'tinyproxy'), [INSIDE])
    const through = await program.test(document(), trusted.file, { https_proxy: `http://127.0.0.1:${proxy}` })
    expect(through.failure, 'nothing is wrong').toBeUndefined()
    expect(through.stages.filter(({ passed }) => passed).map(({ stage }) => stage)).toEqual(PASSED)
    expect(through.text).toContain(`through the proxy 127.0.0.1:${proxy}`)

    for (const variables of [{}, { https_proxy: `http://127.0.0.1:${proxy}`, NO_PROXY: '.invalid' }]) {
      const { failure } = await program.test(document(), trusted.file, variables)
      expect(failure).toMatchObject({ stage: 'name_and_network', cause: 'unknown_host' })
      expect(failure?.remedy).toMatch(/proxy \(Settings\)/)
    }

    const elsewhere = secretDocument({ tokenUrl: 'https://other.tenant.invalid/oauth/token' })
    const { failure } = await program.test(elsewhere, trusted.file, { https_proxy: `http://127.0.0.1:${proxy}` })
    expect(failure).toMatchObject({ stage: 'name_and_network', cause: 'proxy_failed' })
    expect(failure?.message).toContain(`127.0.0.1:${proxy}`)
  })

  test('tinyproxy gets the credentials that are for it, and without them it is named', async () => {
    const user = { name: 'someone', password: 'pl4nted-proxy-pw' }
    const proxy = await startTinyproxy(processes, join(folder, 'tinyproxy-users'), [INSIDE], user)
    const stranger = await program.test(document(), trusted.file, { HTTPS_PROXY: `http://127.0.0.1:${proxy}` })
    expect(stranger.failure).toMatchObject({ stage: 'name_and_network', cause: 'proxy_authentication' })
    expect(stranger.failure?.seen).toBe('HTTP 407, it asks for Basic')
    expect(stranger.failure?.remedy).toMatch(/HTTPS_PROXY/)

    const url = `http://${user.name}:${user.password}@127.0.0.1:${proxy}`
    const known = await program.test(document(), trusted.file, { HTTPS_PROXY: url })
    expect(known.failure).toBeUndefined()
    expect(known.text + stranger.text).not.toContain(user.password)
  })
})
