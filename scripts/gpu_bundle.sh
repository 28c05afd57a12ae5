#!/usr/bin/env bash
# Collects the libraries that a build of the GPU paths needs, for a machine that has a CUDA toolkit but no network.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: scripts/gpu_bundle.sh DIR

Downloads development packages with apt-get (Debian 12, nothing is installed) and unpacks them into DIR, which must not exist or be
empty: headers, static libraries, a pkg-config, and DIR/environment.sh, to be sourced before CMake. DIR may be moved or copied to
another machine. Left out, because they are large and -DASSAY_MINIMAL=ON does without: ICU, MariaDB, libxlsxwriter, Google Benchmark.

On the other machine: g++, CMake 3.25, Ninja, Python 3 and nvcc; then scripts/gpu_check.sh --bundle DIR

example: scripts/gpu_bundle.sh build/gpu-bundle && tar -C build -czf gpu-bundle.tar.gz gpu-bundle
TEXT
}
case "${1:-}" in
  --help | -h) usage; exit 0 ;;
  "" | -*) usage >&2; exit 2 ;;
esac

most_megabytes=40
# Shared libraries of fmt and pugixml are there because their CMake files insist on them.
packages=(libfmt-dev libfmt9 libexpected-dev libutf8proc-dev libxxhash-dev zlib1g-dev libzstd-dev libssl-dev libsqlite3-dev
  libpugixml-dev libpugixml1v5 nlohmann-json3-dev libcli11-dev libgtest-dev libgmock-dev pkgconf pkgconf-bin libpkgconf3)

command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || { echo "gpu_bundle.sh: needs apt-get and dpkg-deb; run it on Debian 12" >&2; exit 2; }
mkdir -p "$1"
bundle=$(cd "$1" && pwd)
[ -z "$(ls -A "$bundle")" ] || { echo "gpu_bundle.sh: $bundle is not empty; name a new folder" >&2; exit 2; }

downloads=$(mktemp -d)
trap 'rm -rf "$downloads"' EXIT
chmod 755 "$downloads" # apt-get downloads as a user of its own
if ! (cd "$downloads" && apt-get download "${packages[@]}") >"$downloads/log" 2>&1; then
  tail -n 5 "$downloads/log" >&2
  echo "gpu_bundle.sh: download failed (see above); try 'apt-get update'" >&2
  exit 1
fi
for package in "$downloads"/*.deb; do dpkg-deb -x "$package" "$bundle"; done

rm -rf "$bundle"/usr/share/{doc,man,info,lintian,bug,aclocal} "$bundle"/usr/src "$bundle/etc"
# Without its .so the linker takes the static library, and programs start on a machine without the shared one.
for static in "$bundle"/usr/lib/x86_64-linux-gnu/*.a; do
  case "$static" in */libfmt.a | */libpugixml.a) continue ;; esac
  rm -f "${static%.a}.so"
done
# The .pc files say where they are themselves, so that the folder can be moved.
find "$bundle" -name '*.pc' -exec sed -i -E 's#(^|[=[:space:]]|-I|-L)/usr(/|$)#\1${pcfiledir}/@up@\2#g' {} +
find "$bundle/usr/lib" -name '*.pc' -exec sed -i 's#@up@#../../..#g' {} +
find "$bundle/usr/share" -name '*.pc' -exec sed -i 's#@up@#../..#g' {} +

mkdir -p "$bundle/bin"
cat >"$bundle/bin/pkg-config" <<'TEXT'
#!/usr/bin/env bash
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
lib=$here/usr/lib/x86_64-linux-gnu
LD_LIBRARY_PATH=$lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} PKG_CONFIG_LIBDIR=$lib/pkgconfig:$here/usr/share/pkgconfig \
  exec "$here/usr/bin/pkgconf" --keep-system-cflags --keep-system-libs "$@"
TEXT
chmod +x "$bundle/bin/pkg-config"
cat >"$bundle/environment.sh" <<'TEXT'
# Source this before running CMake: finds the libraries of this folder first.
bundle=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export CMAKE_PREFIX_PATH=$bundle/usr PKG_CONFIG=$bundle/bin/pkg-config
export CMAKE_LIBRARY_PATH=$bundle/usr/lib/x86_64-linux-gnu CMAKE_INCLUDE_PATH=$bundle/usr/include:$bundle/usr/include/x86_64-linux-gnu
TEXT

megabytes=$(du -sm "$bundle" | cut -f 1)
echo "$bundle: ${#packages[@]} packages, $megabytes MB"
[ "$megabytes" -le "$most_megabytes" ] || { echo "gpu_bundle.sh: more than $most_megabytes MB; leave a package out" >&2; exit 1; }
