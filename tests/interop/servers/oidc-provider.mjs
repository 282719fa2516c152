// A foreign OAuth 2.0 server, and behind it a portal API that takes its tokens: `node oidc-provider.mjs <settings.json>`.
// Writes "ready" as soon as it listens. The settings:
//
//   issuer          the URL of the server
//   certificate, key, clientAuthorities    files, PEM
//   plain           the port for client secrets
//   mutual          the port that demands a client certificate; may be left out
//   upstream        the port without TLS for a proxy that says in X-Client-Certificate who its client is; may be left out
//   clients         [{ id, secret?, method, grants?, roles? }], method as in RFC 7591; a certificate's subject is CN=<id>

import { readFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { X509Certificate } from 'node:crypto'
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify } from 'jose'
import { Provider } from 'oidc-provider'

const settings = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const PORTAL = `${settings.issuer}/portal`
const ROLE = 'APIPortal.Service.CatalogIntegration'

const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
const published = { ...(await exportJWK(publicKey)), kid: 'foreign', use: 'sig', alg: 'ES256' }

const provider = new Provider(settings.issuer, {
  clients: settings.clients.map(({ id, secret, method, grants = ['client_credentials'] }) => ({
    client_id: id,
    client_secret: secret,
    token_endpoint_auth_method: method,
    tls_client_auth_subject_dn: method === 'tls_client_auth' ? `CN=${id}` : undefined,
    grant_types: grants,
    response_types: grants.includes('authorization_code') ? ['code'] : [],
    redirect_uris: grants.includes('authorization_code') ? ['https://localhost/back'] : [],
  })),
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'tls_client_auth'],
  cookies: { keys: ['not used here'] },
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    mTLS: {
      enabled: true,
      tlsClientAuth: true,
      getCertificate: (ctx) => clientCertificate(ctx)?.toString(),
      // Both the listener for certificates and the proxy let nobody through whom they have not verified.
      certificateAuthorized: (ctx) => clientCertificate(ctx) !== undefined,
      certificateSubjectMatches: (ctx, property, expected) =>
        property === 'tls_client_auth_subject_dn' && clientCertificate(ctx).subject === expected,
    },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => PORTAL,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        audience: PORTAL,
        scope: ROLE,
        accessTokenFormat: 'jwt',
        accessTokenTTL: 3600,
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
  jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'foreign', use: 'sig', alg: 'ES256' }] },
  routes: { token: '/oauth/token' },
  scopes: [ROLE],
})
provider.proxy = true

/** Certificates by the connection that they were shown on: reading one takes Node longer than all the rest of a request. */
const shown = new WeakMap()

function clientCertificate(ctx) {
  const { socket } = ctx.req
  if (socket.encrypted) {
    if (!shown.has(socket)) shown.set(socket, socket.getPeerX509Certificate())
    return shown.get(socket)
  }
  const header = ctx.get('X-Client-Certificate')
  return header ? new X509Certificate(decodeURIComponent(header)) : undefined
}

const authorization = provider.callback()
const keySet = createLocalJWKSet({ keys: [published] })
const roles = new Map(settings.clients.map(({ id, roles = [ROLE] }) => [id, roles]))
const PORTAL_API = /^(.*)\/apiportal\/api\/1\.0\/Management\.svc\/APIProxies(\?.*)?$/

async function portalApi(request, response, portal) {
  const answer = (status, headers, body) => response.writeHead(status, headers).end(JSON.stringify(body))
  try {
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const { payload } = await jwtVerify(token, keySet, { issuer: settings.issuer, audience: settings.issuer + portal })
    if (!roles.get(payload.client_id)?.includes(ROLE)) {
      const challenge = `Bearer error="insufficient_scope", error_description="not for this client", scope="${ROLE}"`
      return answer(403, { 'WWW-Authenticate': challenge }, { error: 'insufficient_scope' })
    }
    const results = [
      { name: 'orders', title: 'Orders', version: '1.2.0', description: 'Orders of all shops', base_path: '/orders' },
    ]
    return answer(200, { 'Content-Type': 'application/json' }, { d: { results } })
  } catch (error) {
    const challenge = `Bearer error="invalid_token", error_description="${error.code ?? 'no token'}"`
    return answer(401, { 'WWW-Authenticate': challenge }, { error: 'invalid_token' })
  }
}

function handle(request, response) {
  const portal = PORTAL_API.exec(request.url)
  return portal ? portalApi(request, response, portal[1]) : authorization(request, response)
}

const listen = (server, port) => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve))
const tls = { cert: readFileSync(settings.certificate), key: readFileSync(settings.key) }
await listen(createHttpsServer(tls, handle), settings.plain)
if (settings.mutual) {
  const ca = readFileSync(settings.clientAuthorities)
  await listen(createHttpsServer({ ...tls, ca, requestCert: true, rejectUnauthorized: true }, handle), settings.mutual)
}
if (settings.upstream) await listen(createHttpServer(handle), settings.upstream)
console.log('ready')
