#!/bin/sh
# The rules stay free of frameworks: the domain crate, directly or not, depends on none of them.
set -eu
cd "$(dirname "$0")/.."
tree=$(cargo tree --locked --package domain --edges normal --prefix none)
for forbidden in tauri rusqlite keyring axum reqwest tokio; do
  if printf '%s\n' "$tree" | grep -Eq "^$forbidden[a-z0-9_-]* v"; then
    echo "domain depends on $forbidden:" >&2
    cargo tree --locked --package domain --edges normal --invert "$forbidden" >&2 || true
    exit 1
  fi
done
echo "domain depends on $(printf '%s\n' "$tree" | sort -u | wc -l) crates, none of them forbidden"
