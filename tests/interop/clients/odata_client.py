"""`python odata_client.py <url of the service> <ca.pem>`, the token on standard input: the portal API as a library sees it
that reads the schema first and makes its requests from that.
"""

import json
import sys
import warnings

import pyodata
import requests

# It still asks for things of Python that are about to go.
warnings.simplefilter("ignore")

url, authority = sys.argv[1:]
session = requests.Session()
session.verify = authority
session.headers["Authorization"] = f"Bearer {sys.stdin.read().strip()}"
service = pyodata.Client(url, session)
proxies = service.entity_sets.APIProxies


def names(request):
    return [proxy.name for proxy in request.execute()]


first = proxies.get_entities().order_by("name").top(1).execute()[0]
json.dump(
    {
        "sets": [entity_set.name for entity_set in service.schema.entity_sets],
        "properties": sorted(one.name for one in service.schema.entity_type("APIProxy").proprties()),
        "count": proxies.get_entities().count().execute(),
        "counted": proxies.get_entities().count(inline=True).top(1).execute().total_count,
        "all": names(proxies.get_entities().order_by("name")),
        "descending": names(proxies.get_entities().order_by("name desc")),
        "second": names(proxies.get_entities().order_by("name").skip(1).top(1)),
        "filtered": names(proxies.get_entities().filter(f"name eq '{first.name}'")),
        "by_condition": names((lambda all: all.filter(all.title == first.title))(proxies.get_entities())),
        "entity": proxies.get_entity(first.name).execute().title,
        "title": first.title,
    },
    sys.stdout,
)
