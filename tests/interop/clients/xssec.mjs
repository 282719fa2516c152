// `node xssec.mjs <service-key.json>`: a token by SAP's own client for Node.js, which takes the service key as it is: it asks
// /oauth/token at the host of `url` or `certurl`, whatever their path, and verifies the token by what the key says.

import { createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecurityContext, XsuaaService } from '@sap/xssec'
import { jwtVerify } from 'jose'

const key = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const credentials = key.credentials ?? key
const requests = { timeout: 10_000 }
const service = new XsuaaService(credentials, { requests })
const { access_token } = await service.fetchClientCredentialsToken()
const context = await createSecurityContext(service, { jwt: access_token })

// A key of another client must not take this token for its own.
const other = { ...credentials, clientid: 'sb-other!b1', xsappname: 'other!b1' }
const refused = await createSecurityContext(new XsuaaService(other, { requests }), { jwt: access_token }).then(
  () => 'taken',
  (error) => error.constructor.name,
)
const metadata = await service.fetchOpenIDConfiguration()
const offline = await jwtVerify(access_token, createPublicKey(credentials.verificationkey))

console.log(
  JSON.stringify({
    access_token,
    clientId: context.getClientId(),
    grantType: context.getGrantType(),
    zone: context.token.zid,
    subdomain: context.getSubdomain(),
    instance: context.getCloneServiceInstanceId(),
    mayReadApis: context.checkScope('APIPortal.Service.CatalogIntegration'),
    issuers: [context.token.issuer, metadata.issuer, offline.payload.iss],
    refused,
  }),
)
