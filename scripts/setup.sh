#!/bin/sh
# Makes this machine ready and says what it does. Installs what is missing where it may; otherwise prints the command to
# type and stops. Usage: scripts/setup.sh build|window|test
#   build    to compile the app
#   window   also to open it on a virtual display with a private keyring (the tour)
#   test     also to check and test it
set -eu
cd "$(dirname "$0")/.."
purpose=${1:-build}

say() { printf '    %s\n' "$*"; }
stop() { printf '\n    Setup stops here: %s\n' "$1" >&2; shift; for line; do printf '      %s\n' "$line" >&2; done; exit 1; }

# The compiler and the libraries that the window, the keyring and the single instance are linked against.
packages='build-essential pkg-config libwebkit2gtk-4.1-dev libdbus-1-dev'
case $purpose in
  window | test)
    # Drives the window; display, window manager, keys and clipboard; bus and keyring.
    packages="$packages webkit2gtk-driver xvfb openbox xdotool xclip x11-utils dbus gnome-keyring libsecret-tools"
    ;;
esac
# Programs that are not ours check what the app exports, and are its clients; a window that files are dragged from, and one
# that shows a page as the app's does; another keychain than GNOME Keyring; a proxy, and a library that tells it names which
# nobody else knows; a clock that is wrong.
[ "$purpose" != test ] ||
  packages="$packages openssl curl python3-venv python3-gi gir1.2-gtk-3.0 gir1.2-webkit2-4.1 gir1.2-soup-3.0 keepassxc tinyproxy-bin libnss-wrapper faketime"

system_packages() {
  [ "$(uname -s)" = Linux ] || { say "not Linux: the window needs no system packages; the tour and the window tests run on Linux only"; return; }
  if ! command -v dpkg-query >/dev/null; then
    command -v pkg-config >/dev/null && pkg-config --exists webkit2gtk-4.1 dbus-1 ||
      stop 'this is not Debian or Ubuntu, and libraries are missing. Install the equivalents of these packages:' "$packages"
    return
  fi
  missing=
  installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' $packages 2>/dev/null | sed -n 's/^installed //p' || true)
  for package in $packages; do
    printf '%s\n' "$installed" | grep -qx "$package" || missing="$missing $package"
  done
  [ -n "$missing" ] || { say 'system packages: all there'; return; }
  say "system packages: installing$missing"
  if [ "$(id -u)" = 0 ]; then as_root=; elif sudo -n true 2>/dev/null; then as_root='sudo -n'; else
    stop 'these packages are missing, and installing them takes root. Type this, then try again:' \
      "sudo apt-get update && sudo apt-get install --yes --no-install-recommends$missing"
  fi
  { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes -qq \
    --no-install-recommends $missing </dev/null >/dev/null; } ||
    stop 'apt could not install them; its messages stand above. By hand:' \
      "sudo apt-get update && sudo apt-get install --yes --no-install-recommends$missing"
}

# at_least 1.90 1.95.0: whether the second version is not below the first
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

rust() {
  PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
  wanted=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
  command -v cargo >/dev/null ||
    stop "Rust is missing ($wanted or newer). Install it from https://rustup.rs:" "curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh"
  found=$(cargo --version | cut -d' ' -f2)
  at_least "$wanted" "$found" || stop "Rust $found is too old; $wanted or newer is needed:" 'rustup update stable'
  say "Rust $found"
  [ "$purpose" = test ] || return 0
  cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1 ||
    stop 'rustfmt or clippy is missing:' 'rustup component add rustfmt clippy'
  if ! command -v cargo-nextest >/dev/null; then
    say 'cargo-nextest (runs the Rust tests): installing; this takes some minutes, once'
    cargo install --locked --quiet cargo-nextest || stop 'cargo-nextest could not be installed:' 'cargo install --locked cargo-nextest'
  fi
}

node_modules() {
  wanted=20.19
  command -v node >/dev/null && command -v npm >/dev/null ||
    stop "Node.js with npm is missing ($wanted or newer). Debian's own may be too old; see https://nodejs.org/en/download"
  found=$(node --version | tr -d v)
  at_least "$wanted" "$found" || stop "Node.js $found is too old; $wanted or newer is needed. See https://nodejs.org/en/download"
  say "Node.js $found"
  # npm writes this file last, after every installation.
  if [ -z "$(find node_modules/.package-lock.json -newer package-lock.json 2>/dev/null)" ]; then
    say 'packages of the screens and tests: installing from package-lock.json'
    npm ci --no-audit --no-fund --loglevel=error || stop 'npm ci failed; its messages stand above.'
    touch node_modules/.package-lock.json
  else
    say 'packages of the screens and tests: all there'
  fi
}

# A server that is not ours. A package that is unpacked here, not installed, starts no service and takes no port.
foreign_server() {
  [ "$(uname -s)" = Linux ] || return 0
  unpacked=target/interop/nginx
  if PATH=$PATH:/usr/sbin:/sbin command -v nginx >/dev/null || $unpacked/usr/sbin/nginx -v 2>/dev/null; then
    say 'nginx: there'
    return
  fi
  command -v dpkg-deb >/dev/null || stop 'nginx is missing; the tests start it by themselves, on ports of their own.'
  say "nginx: unpacking Debian's package in $unpacked"
  rm -rf $unpacked
  mkdir -p $unpacked
  download() { (cd $unpacked && apt-get download -qq nginx >/dev/null 2>&1); }
  { download || { [ "$(id -u)" = 0 ] && apt-get update -qq && download; }; } &&
    dpkg-deb --extract $unpacked/nginx_*.deb $unpacked && [ -x $unpacked/usr/sbin/nginx ] ||
    # Before Debian 12 and in Ubuntu until 22.04 the program is in another package.
    stop 'nginx is missing and could not be fetched. By hand (it need not run):' \
      'sudo apt-get update && sudo apt-get install --yes --no-install-recommends nginx'
  $unpacked/usr/sbin/nginx -v 2>/dev/null ||
    stop 'nginx needs libraries that are missing here. By hand (it need not run):' \
      'sudo apt-get update && sudo apt-get install --yes --no-install-recommends nginx'
}

# The libraries of tests/interop/requirements.txt, in a Python of their own.
python_libraries() {
  [ "$(uname -s)" = Linux ] || return 0
  wanted=tests/interop/requirements.txt
  own=target/interop/python
  uses='import authlib, dotenv, jproperties, jwt, kubernetes_validate, pyodata, requests, sap.xssec, yaml'
  if cmp -s $wanted $own/requirements.txt && $own/bin/python -c "$uses" 2>/dev/null; then
    say "Python's libraries: all there"
    return
  fi
  say "Python's libraries: installing from $wanted into $own"
  rm -rf $own
  mkdir -p target/interop
  { python3 -m venv $own &&
    $own/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r $wanted; } ||
    stop 'pip could not install them; its messages stand above.'
  cp $wanted $own/requirements.txt
}

system_packages
rust
node_modules
if [ "$purpose" = test ]; then
  foreign_server
  python_libraries
fi
