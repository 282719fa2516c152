#!/bin/sh
# The unit of work is the one way to change anything: it takes the lock, commits and records, and nothing else in the product
# does. Tests and what fills a database for them may.
set -eu
cd "$(dirname "$0")/.."
found=$(grep -rnE 'begin_change\(|\.commit\(|Change::Record\(' --include='*.rs' src-tauri/*/src src-tauri/src |
  grep -vE '^src-tauri/domain/src/drawbridge/(work(\.rs|/)|changeable\.rs)|^src-tauri/(storage|fakes)/src/|/tests?(\.rs|/)|fn (begin_change|commit)\(' || true)
[ -z "$found" ] || {
  printf '%s\n' "$found"
  echo 'Only the unit of work, domain/src/drawbridge/work.rs over changeable.rs, takes the lock, commits and records.' >&2
  exit 1
}
