"""`python read.py <reader> <file> [<reader> <file> …]`: what libraries that are not ours read in the files, as JSON."""

import base64
import json
import sys
import zipfile

# Each library is imported where it is used: together they take longer than all the rest.


def read_environment(path: str) -> dict:
    import dotenv

    return dict(dotenv.dotenv_values(path))


def read_properties(path: str) -> dict:
    import jproperties

    properties = jproperties.Properties()
    with open(path, "rb") as file:
        properties.load(file)
    return {key: value.data for key, value in properties.items()}


def read_yaml(path: str):
    import yaml

    with open(path, encoding="utf-8") as file:
        return yaml.safe_load(file)


def read_kubernetes_secret(path: str) -> dict:
    """What a container gets to see of it; refuses what the published schema refuses."""
    import kubernetes_validate

    secret = read_yaml(path)
    kubernetes_validate.validate(secret, kubernetes_validate.latest_version(), strict=True)
    data = {key: base64.b64decode(value, validate=True).decode() for key, value in secret["data"].items()}
    return {"name": secret["metadata"]["name"], "type": secret["type"], "data": data}


def unpack_zip(path: str) -> list:
    """Unpacks it beside itself, into a folder of its name without the ending."""
    with zipfile.ZipFile(path) as archive:
        damaged = archive.testzip()
        if damaged is not None:
            raise SystemExit(f"{damaged} is damaged")
        archive.extractall(path.removesuffix(".zip"))
        return [{"name": entry.filename, "mode": entry.external_attr >> 16 & 0o777} for entry in archive.infolist()]


READERS = {
    "python-dotenv": read_environment,
    "jproperties": read_properties,
    "PyYAML": read_yaml,
    "kubernetes-validate": read_kubernetes_secret,
    "zipfile": unpack_zip,
}

arguments = sys.argv[1:]
results = [READERS[reader](path) for reader, path in zip(arguments[::2], arguments[1::2], strict=True)]
# A date or another thing that is no JSON ends it.
json.dump(results, sys.stdout)
