#!/usr/bin/env bash
# Installs the Debian 12 / Ubuntu 24.04 packages that a build, a run or the tests need and the machine lacks.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: scripts/packages.sh [--tests]

Installs what is missing with apt-get (as root, or through sudo). Does nothing, fast, when all is there.
  --tests   also what the tests need (pytest, clang for the sanitizers, a MariaDB server)

example: scripts/packages.sh --tests
TEXT
}

packages=(g++ cmake ninja-build pkg-config ccache nlohmann-json3-dev libcli11-dev libfmt-dev libexpected-dev libssl-dev
  libutf8proc-dev libicu-dev libxxhash-dev zlib1g-dev libzstd-dev libxlsxwriter-dev libbenchmark-dev libgtest-dev libgmock-dev
  libmariadb-dev libpugixml-dev libsqlite3-dev valgrind
  python3 python3-matplotlib python3-numpy python3-jinja2 python3-jsonschema)
case "${1:-}" in
  --help | -h) usage; exit 0 ;;
  --tests) packages+=(python3-pytest clang libclang-rt-14-dev clang-format mariadb-server-core mariadb-client-core) ;;
  "") ;;
  *) usage >&2; exit 2 ;;
esac
# Ubuntu 24.04 ships clang 18; the sanitizer runtime has the number in its name.
if grep -qs '^ID=ubuntu' /etc/os-release; then
  packages=("${packages[@]/libclang-rt-14-dev/libclang-rt-18-dev}")
fi

# Either client library does; the packages exclude each other, and installing one would remove the other.
if dpkg-query -W -f '${Status}' libmysqlclient-dev 2>/dev/null | grep -q 'install ok installed'; then
  packages=("${packages[@]/#libmariadb-dev/libmysqlclient-dev}")
fi

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "packages.sh: not root and no sudo; install: ${missing[*]}" >&2; exit 2; }
  root=(sudo)
fi
echo "installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { "${root[@]}" apt-get update && "${root[@]}" apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "packages.sh: apt-get failed (see above); install by hand: ${missing[*]}" >&2
  exit 1
fi
