#!/usr/bin/env bash
# Builds everything with its tests and runs them; with --sanitize also the fast ones under the sanitizers.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: scripts/test.sh [--sanitize | --sanitize-only PARTS] [--fast]

  --sanitize             first also build with clang's address and undefined-behaviour sanitizers and run the tests not marked slow
  --sanitize-only PARTS  of these, the tests of some folders below tests/ (matcher, harness/store, ...), separated by commas
  --fast                 leave out tests marked slow

example: scripts/test.sh --sanitize-only matcher/io,matcher/text --fast
TEXT
}
sanitize=no
parts=
fast=()
while [ $# -gt 0 ]; do
  case "$1" in
    --help | -h) usage; exit 0 ;;
    --sanitize) sanitize=yes ;;
    --sanitize-only) sanitize=yes; parts=${2:?"test.sh: --sanitize-only needs a folder below tests/"}; shift ;;
    --fast) fast=(-LE slow) ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done

cd "$(dirname "$0")/.."
scripts/packages.sh --tests

build_and_test() { # preset, parts or nothing, then options of ctest
  local preset=$1
  local label=(${2:+-L "^(${2//,/|})(/|\$)"})
  local targets=() part
  for part in ${2//,/ }; do targets+=("part_${part//\//_}"); done
  local target=()
  [ ${#targets[@]} -eq 0 ] || target=(--target "${targets[@]}")
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

[ "$sanitize" = no ] || build_and_test asan "$parts"
build_and_test release "" "${fast[@]}"
