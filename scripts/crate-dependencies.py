#!/usr/bin/env python3
"""Which crate of the workspace may depend on which, and which frameworks stay out of the rules.

`cargo tree` answers for what is compiled into the product; what only tests depend on does not count. No network is needed
once the crates are downloaded.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

RULES = ["messages", "documents", "domain"]
# The crates of the workspace, each with those that it may depend on. The adapters know the domain and not each other.
ALLOWED = {
    "messages": [],
    "documents": ["messages"],
    "domain": ["messages", "documents"],
    "views": RULES,
    "storage": RULES,
    "keychain": RULES,
    "certificates": RULES,
    "token-service": RULES,
    "connector": RULES,
    "fakes": [*RULES, "certificates"],
    "drawbridge": [*RULES, "views", "storage", "keychain", "certificates", "token-service", "connector"],
}

# Window, database, keychain and network: whatever depends on one of them, directly or not, cannot be tried without it.
FRAMEWORKS = re.compile(r"(tauri|wry|rusqlite|libsqlite3|keyring|dbus|axum|reqwest|hyper|rustls|tokio)(-.*)?")
FREE_OF_FRAMEWORKS = [*RULES, "views"]


def tree(*options):
    """The lines of `cargo tree`: (name of the crate, whether it is of this workspace)."""
    command = ["cargo", "tree", "--locked", "--prefix", "none", *options]
    lines = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    return {(line.split()[0], str(ROOT) in line) for line in lines if line.strip()}


def main():
    problems = []
    members = {name for name, _ in tree("--workspace", "--depth", "0")}
    if members != set(ALLOWED):
        problems.append(f"not both in the workspace and in this script: {sorted(members ^ set(ALLOWED))}")
    for package in sorted(members & set(ALLOWED)):
        dependencies = ["--package", package, "--edges", "normal,build"]
        for name, is_ours in sorted(tree(*dependencies, "--depth", "1")):
            if is_ours and name not in (package, *ALLOWED[package]):
                problems.append(f"{package} depends on {name}, and may not")
        if package in FREE_OF_FRAMEWORKS:
            for name, _ in sorted(tree(*dependencies)):
                if FRAMEWORKS.fullmatch(name):
                    shown = f"cargo tree --package {package} --edges normal,build --invert {name}"
                    problems.append(f"{package} depends on {name}, and may not: {shown}")
    if problems:
        sys.exit("\n".join(problems))
    print(f"{len(members)} crates depend on those below them only; {', '.join(FREE_OF_FRAMEWORKS)} on no framework")


main()
