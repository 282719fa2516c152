#!/bin/sh
# Builds the two programs that the journeys start: one that a WebDriver may drive, and the one that ships; and what fills a database for them
# and loads the token service.
# Usage: scripts/e2e-binaries.sh [drivable]
set -eu
cd "$(dirname "$0")/.."
mkdir -p target/e2e
# The programs have the screens in them.
if [ ! -e ui/dist/index.html ] || [ -n "$(find ui/src ui/build ui/index.html messages -newer ui/dist/index.html -print -quit)" ]; then
  npm run build -w ui --silent
fi
# A new file, not the old one overwritten: it may be running.
keep() { cp "target/debug/$1" "target/e2e/$2.new" && mv "target/e2e/$2.new" "target/e2e/$2"; }
cargo build --locked --workspace --bins --example seed --features drawbridge/automation
keep drawbridge drawbridge-automation
keep examples/seed seed
[ "${1:-}" != drivable ] || exit 0
cargo build --locked --workspace --bins --example load --example service_keys
keep drawbridge drawbridge-plain
keep examples/load load
keep examples/service_keys service_keys
