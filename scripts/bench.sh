#!/bin/sh
# Measures what the budgets name and prints each figure beside its budget. The rows are left in target/bench/rows.jsonl.
set -eu
cd "$(dirname "$0")/.."
echo '==> Set up'
scripts/setup.sh test
PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
mkdir -p target/bench
rows=$PWD/target/bench/rows.jsonl
: >"$rows"

echo '==> Build the screens'
npm run build -w ui --silent
echo '==> Build for release (some minutes the first time)'
# custom-protocol is what the installer is built with, too.
release() { cargo build --locked --release --workspace --features tauri/custom-protocol "$@"; }
release --features drawbridge/automation --bin drawbridge
cp target/release/drawbridge target/bench/drawbridge-automation
release --bin drawbridge --example empty_window --example seed --example list_cost --example generate_cost --example store_cost \
  --example load --example service_keys --example recognise_cost
echo '==> Measure'
BENCH_ROWS=$rows npm run bench -w tests --silent

printf '\n'
exec node bench/table.mjs "$rows"
