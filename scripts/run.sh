#!/usr/bin/env bash
# The main job on a fresh machine: packages, release build, data, the quick suite and the name_matcher audit, report.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: scripts/run.sh [option of 'assay run' ...]

Installs what is missing, builds build/release, makes people-10k and people-100k, measures the quick suite and the
claims of the name_matcher audit, prints the verdicts and the path of the HTML report. May be run again; it is then fast.

example: scripts/run.sh
         scripts/run.sh --datasets people-10k
TEXT
}
case "${1:-}" in --help | -h) usage; exit 0 ;; esac

cd "$(dirname "$0")/.."
scripts/packages.sh
echo "building build/release"
log=build/release.log
mkdir -p build
if ! { cmake --preset release -DASSAY_TESTS=OFF && cmake --build --preset release; } >"$log" 2>&1; then
  grep -E 'error|FAILED' "$log" | head -n 20 >&2
  echo "run.sh: the build failed; all of it is in $log" >&2
  exit 1
fi
set -x
exec build/release/bin/assay run quick --audit name_matcher "$@"
