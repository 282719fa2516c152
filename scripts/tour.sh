#!/bin/sh
# The main job through the real window on a virtual display with a private keyring. Leaves pictures and the exported
# documents in target/tour/.
set -eu
cd "$(dirname "$0")/.."
echo '==> Set up'
scripts/setup.sh window
PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
echo '==> Build the screens'
npm run build -w ui --silent
echo '==> Build the app (some minutes the first time)'
scripts/e2e-binaries.sh drivable
echo '==> Take the tour'
npm run tour -w tests --silent

printf '\nThe tour is in %s:\n' "$PWD/target/tour"
ls target/tour | sed 's/^/    /'
