// What an exported document says, as a client program takes it over: the values as they are.

import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** Reads the file named first on the command line. */
export function readDocument() {
  const document = JSON.parse(readFileSync(process.argv[2], 'utf8'))
  // A certificate document carries no client id: it is the common name of the certificate.
  const clientId = document.clientId ?? /^CN=(.*)$/m.exec(new X509Certificate(document.certificate).subject)?.[1]
  return { document, clientId }
}

/** Calls the portal API, and prints what came of it together with the token. */
export async function finish(document, granted, extra = {}) {
  const url = `${document.url}/apiportal/api/1.0/Management.svc/APIProxies`
  const reply = await fetch(url, { headers: { Authorization: `Bearer ${granted.access_token}` } })
  const { access_token, token_type, expires_in, scope } = granted
  const portalApi = { status: reply.status, body: await reply.json() }
  console.log(JSON.stringify({ access_token, token_type, expires_in: Number(expires_in), scope, portalApi, ...extra }))
}
