#!/bin/sh
# Builds the app and opens its window.
set -eu
cd "$(dirname "$0")/.."

if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  echo 'There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can be opened.'
  echo 'Taking the tour instead: the main job in the real window, on a virtual display.'
  exec scripts/tour.sh
fi

echo '==> Set up'
scripts/setup.sh build
PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
echo '==> Build the screens'
npm run build -w ui --silent
echo '==> Build the app (some minutes the first time)'
cargo build --locked
echo '==> Open the window'
exec target/debug/drawbridge
