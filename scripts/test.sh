#!/usr/bin/env bash
# Builds everything with its tests and runs them; with --sanitize also the fast ones under the sanitizers.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: scripts/test.sh [--sanitize | --sanitize-only PART] [--fast]

  --sanitize             first also build with clang's address and undefined-behaviour sanitizers and run the tests not marked slow
  --sanitize-only PART   of these, the tests of one folder below tests/ (matcher, harness, ...): a third of the time
  --fast                 leave out tests marked slow

example: scripts/test.sh --fast
TEXT
}
sanitize=no
part=
fast=()
while [ $# -gt 0 ]; do
  case "$1" in
    --help | -h) usage; exit 0 ;;
    --sanitize) sanitize=yes ;;
    --sanitize-only) sanitize=yes; part=${2:?"test.sh: --sanitize-only needs a folder below tests/"}; shift ;;
    --fast) fast=(-LE slow) ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done

cd "$(dirname "$0")/.."
scripts/packages.sh --tests

build_and_test() { # preset, part or nothing, then options of ctest
  local preset=$1
  local target=(${2:+--target "part_$2"})
  local label=(${2:+-L "^$2\$"})
  shift 2
  local log=build/$preset.log
  mkdir -p build
  echo "building build/$preset"
  if ! { cmake --preset "$preset" -DASSAY_TESTS=ON && cmake --build --preset "$preset" "${target[@]}"; } >"$log" 2>&1; then
    grep -E 'error|FAILED' "$log" | head -n 40 >&2
    echo "test.sh: the build failed; all of it is in $log" >&2
    return 1
  fi
  ctest --preset "$preset" -j "$(nproc)" "${label[@]}" "$@"
}

[ "$sanitize" = no ] || build_and_test asan "$part"
build_and_test release "" "${fast[@]}"
