"""`python requests_client.py <exported.json> <ca.pem>`: the call as the vendor documents it. The grant type is in the query,
id and secret are Basic, and there is no body and no Content-Type.
"""

import json
import sys

import requests

path, authority = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    document = json.load(file)

granted = requests.post(
    document["tokenUrl"],
    params={"grant_type": "client_credentials"},
    auth=(document["clientId"], document["clientSecret"]),
    verify=authority,
    timeout=20,
)
granted.raise_for_status()
token = granted.json()
reply = requests.get(
    document["url"] + "/apiportal/api/1.0/Management.svc/APIProxies",
    headers={"Authorization": "Bearer " + token["access_token"]},
    verify=authority,
    timeout=20,
)
json.dump({**token, "portalApi": {"status": reply.status_code, "body": reply.json()}}, sys.stdout)
