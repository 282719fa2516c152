#!/bin/sh
# Everything that must hold, in the order in which failing is cheapest. Ends with the summary of the journeys.
set -eu
cd "$(dirname "$0")/.."
PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin

# step "Heading" command…: says what runs and how long it took; stops at the first failure.
step() {
  printf '\n==> %s\n' "$1"
  shift
  began=$(date +%s)
  "$@" || { printf '\n    FAILED: %s\n' "$*" >&2; exit 1; }
  printf '    took %s s\n' "$(($(date +%s) - began))"
}

step 'Set up' scripts/setup.sh test
step 'Rust: format' cargo fmt --all --check
step 'Rust: which crate may depend on which' scripts/crate-dependencies.py
step 'Rust: no circles between files' scripts/no-circles.py
step 'Rust: one way to change anything' scripts/one-way-to-change.sh
step 'Screens: types' npm run check -w ui --silent
step 'Screens: tests, and who imports whom' npm run test -w ui --silent
step 'Screens: build' npm run build -w ui --silent
step 'Journeys: types' npm run check -w tests --silent
step 'Rust: lint' cargo clippy --locked --workspace --all-targets --quiet -- -D warnings
step 'Rust: lint, drivable by a WebDriver' cargo clippy --locked --workspace --all-targets --quiet --features drawbridge/automation -- -D warnings
# One of them compares the committed wire types with what Rust generates; "make wire" writes them.
step 'Rust: tests' cargo nextest run --locked --workspace --lib --bins --tests --no-fail-fast
step 'Build the app for the journeys' scripts/e2e-binaries.sh
step 'Interoperability' npm run interop -w tests --silent

printf '\n==> Journeys through the real window\n'
exec npm run journeys -w tests --silent
