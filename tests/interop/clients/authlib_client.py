"""`python authlib_client.py <exported.json> client_secret_basic|client_secret_post|tls_client_auth <ca.pem>`

Gets a token by Authlib, calls the portal API with it, and verifies it by PyJWT and by joserfc, which Authlib uses.
"""

import json
import os
import ssl
import sys
import tempfile

import jwt
from authlib.integrations.requests_client import OAuth2Session
from cryptography import x509
from cryptography.x509.oid import NameOID
from joserfc import jwt as joserfc_jwt
from joserfc.jwk import KeySet

path, method, authority = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    document = json.load(file)


def write(folder: str, name: str) -> str:
    """A value of the document as a file, unchanged: requests takes certificate and key as files."""
    target = os.path.join(folder, name)
    with open(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8", newline="") as file:
        file.write(document[name])
    return target


with tempfile.TemporaryDirectory() as folder:
    if method == "tls_client_auth":
        # A certificate document carries no client id: it is the common name of the certificate.
        leaf = x509.load_pem_x509_certificate(document["certificate"].encode())
        client_id = leaf.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
        session = OAuth2Session(client_id, token_endpoint_auth_method="none")
        session.cert = (write(folder, "certificate"), write(folder, "key"))
        endpoint = document["certurl"] + "/oauth/token"
    else:
        session = OAuth2Session(
            document["clientId"], document["clientSecret"], token_endpoint_auth_method=method
        )
        endpoint = document["tokenUrl"]
    session.verify = authority
    granted = session.fetch_token(endpoint, grant_type="client_credentials")
    session.cert = None
    reply = session.get(document["url"] + "/apiportal/api/1.0/Management.svc/APIProxies")

token, issuer = granted["access_token"], document["url"]
trust = ssl.create_default_context(cafile=authority)
metadata = session.get(issuer + "/.well-known/openid-configuration").json()
signing_key = jwt.PyJWKClient(metadata["jwks_uri"], ssl_context=trust).get_signing_key_from_jwt(token)
claims = jwt.decode(token, signing_key.key, algorithms=["ES256"], audience=issuer, issuer=issuer)

keys = KeySet.import_key_set(session.get(metadata["jwks_uri"]).json())
same = joserfc_jwt.decode(token, keys, algorithms=["ES256"]).claims
if same != claims:
    raise SystemExit("two libraries read different claims in the same token")

json.dump(
    {
        "access_token": token,
        "token_type": granted["token_type"],
        "expires_in": granted["expires_in"],
        "scope": granted["scope"],
        "portalApi": {"status": reply.status_code, "body": reply.json()},
        "claims": claims,
    },
    sys.stdout,
)
