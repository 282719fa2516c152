// `node service-key.mjs <service-key.json> header|body`: a token by a service key whose URLs are hosts. The client appends
// the path of the endpoint, /oauth/token, itself.

import { readFileSync } from 'node:fs'
import { Agent } from 'node:https'
import { ClientCredentials } from 'simple-oauth2'

const [, , file, authorizationMethod] = process.argv
const key = JSON.parse(readFileSync(file, 'utf8'))
const { clientid, clientsecret, url, certurl, certificate, key: privateKey } = key.credentials ?? key

const client = new ClientCredentials({
  client: { id: clientid, secret: clientsecret ?? '' },
  auth: { tokenHost: certificate ? certurl : url },
  options: { authorizationMethod },
  http: certificate ? { agent: new Agent({ cert: certificate, key: privateKey }) } : {},
})
const { token } = await client.getToken({})
console.log(JSON.stringify(token))
