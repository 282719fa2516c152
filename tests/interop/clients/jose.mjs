// Verifies tokens (JSON: [{issuer, keys, token}] on standard input) against the key sets that the service publishes.

import { createRemoteJWKSet, jwtVerify } from 'jose'

let input = ''
for await (const chunk of process.stdin) input += chunk
const verified = []
for (const { issuer, keys, token } of JSON.parse(input)) {
  const { payload, protectedHeader } = await jwtVerify(token, createRemoteJWKSet(new URL(keys)), {
    issuer,
    audience: issuer,
    algorithms: ['ES256'],
    requiredClaims: ['sub', 'exp', 'iat', 'jti', 'scope', 'client_id'],
  })
  verified.push({ payload, header: protectedHeader })
}
console.log(JSON.stringify(verified))
