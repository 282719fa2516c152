"""`python xssec_client.py <service-key.json>`: a token by SAP's own client for XSUAA, which takes the service key as it is.

It decides itself between secret and certificate and between `url` and `certurl`, and appends the path of the endpoint.
"""

import json
import logging
import sys
import warnings

from sap.xssec import constants
from sap.xssec.security_context_xsuaa import SecurityContextXSUAA

# It hands certificate and key to httpx in a way that httpx wants to give up.
warnings.simplefilter("ignore", DeprecationWarning)


class Client(SecurityContextXSUAA):
    """Asks in nobody's name. The library itself only exchanges the token of a user, otherwise in the same way."""

    def __init__(self):
        self._token = None
        self._logger = logging.getLogger(__name__)

    def _user_token_request_content(self, scopes, client_id):
        headers, form = super()._user_token_request_content(scopes, client_id)
        del form["assertion"]
        return headers, {**form, "grant_type": constants.GRANTTYPE_CLIENTCREDENTIAL}


with open(sys.argv[1], encoding="utf-8") as file:
    key = json.load(file)
token = Client().request_token_for_client(key.get("credentials", key))
json.dump({"access_token": token}, sys.stdout)
