#!/bin/sh
# The rules, and how they are shown, stay free of frameworks: these crates, directly or not, depend on none of them.
set -eu
cd "$(dirname "$0")/.."
for package in domain views; do
  tree=$(cargo tree --locked --package $package --edges normal --prefix none)
  for forbidden in tauri rusqlite keyring axum reqwest tokio; do
    if printf '%s\n' "$tree" | grep -Eq "^$forbidden[a-z0-9_-]* v"; then
      echo "$package depends on $forbidden:" >&2
      cargo tree --locked --package $package --edges normal --invert "$forbidden" >&2 || true
      exit 1
    fi
  done
  echo "$package depends on $(printf '%s\n' "$tree" | sort -u | wc -l) crates, none of them forbidden"
done
