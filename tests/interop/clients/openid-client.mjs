// `node openid-client.mjs <exported.json> ClientSecretBasic|ClientSecretPost|TlsClientAuth`

import * as client from 'openid-client'
import { Agent, fetch as undiciFetch } from 'undici'
import { finish, readDocument } from './document.mjs'

const method = process.argv[3]
const { document, clientId } = readDocument()
const authentication = {
  ClientSecretBasic: () => client.ClientSecretBasic(document.clientSecret),
  ClientSecretPost: () => client.ClientSecretPost(document.clientSecret),
  TlsClientAuth: () => client.TlsClientAuth(),
}[method]()

const config = await client.discovery(
  new URL(document.url),
  clientId,
  { use_mtls_endpoint_aliases: method === 'TlsClientAuth' },
  authentication,
)
if (method === 'TlsClientAuth') {
  const dispatcher = new Agent({ connect: { cert: document.certificate, key: document.key } })
  config[client.customFetch] = (url, options) => undiciFetch(url, { ...options, dispatcher })
}
const granted = await client.clientCredentialsGrant(config)
const { token_endpoint, mtls_endpoint_aliases, jwks_uri } = config.serverMetadata()
await finish(document, granted, {
  published: { token_endpoint, jwks_uri, mutual: mtls_endpoint_aliases?.token_endpoint },
})
