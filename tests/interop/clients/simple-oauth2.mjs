// `node simple-oauth2.mjs <exported.json> header|body|certificate`

import { Agent } from 'node:https'
import { ClientCredentials } from 'simple-oauth2'
import { finish, readDocument } from './document.mjs'

const method = process.argv[3]
const { document, clientId } = readDocument()
const byCertificate = method === 'certificate'
const endpoint = new URL(byCertificate ? `${document.certurl}/oauth/token` : document.tokenUrl)
const agent = byCertificate ? new Agent({ cert: document.certificate, key: document.key }) : undefined

const client = new ClientCredentials({
  client: { id: clientId, secret: byCertificate ? '' : document.clientSecret },
  auth: { tokenHost: endpoint.origin, tokenPath: endpoint.pathname },
  options: { authorizationMethod: byCertificate ? 'body' : method },
  http: agent ? { agent } : {},
})
const { token } = await client.getToken({})
await finish(document, token)
