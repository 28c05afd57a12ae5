#!/usr/bin/env bash
# Builds everything with its tests and runs them; with --sanitize also the fast ones under the sanitizers.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: scripts/test.sh [--sanitize] [--fast]

  --sanitize   then also build with clang's address and undefined-behaviour sanitizers and run the tests not marked slow
  --fast       leave out tests marked slow

example: scripts/test.sh --fast
TEXT
}
sanitize=no
fast=()
for option in "$@"; do
  case "$option" in
    --help | -h) usage; exit 0 ;;
    --sanitize) sanitize=yes ;;
    --fast) fast=(-LE slow) ;;
    *) usage >&2; exit 2 ;;
  esac
done

cd "$(dirname "$0")/.."
scripts/packages.sh --tests

build_and_test() { # preset, then options of ctest
  local preset=$1
  shift
  local log=build/$preset.log
  mkdir -p build
  echo "building build/$preset"
  if ! { cmake --preset "$preset" -DASSAY_TESTS=ON && cmake --build --preset "$preset"; } >"$log" 2>&1; then
    grep -E 'error|FAILED' "$log" | head -n 40 >&2
    echo "test.sh: the build failed; all of it is in $log" >&2
    return 1
  fi
  ctest --preset "$preset" "$@"
}

[ "$sanitize" = no ] || build_and_test asan
build_and_test release "${fast[@]}"
