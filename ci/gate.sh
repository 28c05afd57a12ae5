#!/usr/bin/env bash
# Gates the project with itself: builds the variants of suite `gate` at a base commit, and measures them against those of
# this checkout. Needs build/release; ends with assay's exit code, but 0 where the machine was not fit for measuring twice.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: ci/gate.sh [BASE]

  BASE   commit to compare with; default: the one before HEAD, or HEAD if the work tree has changes

example: ci/gate.sh origin/main
TEXT
}
case "${1:-}" in
  --help | -h) usage; exit 0 ;;
  -*) usage >&2; exit 2 ;;
esac

cd "$(dirname "$0")/.."
base=${1:-HEAD^}
[ $# -gt 0 ] || git diff --quiet HEAD 2>/dev/null || base=HEAD
if ! base=$(git rev-parse --quiet --verify "$base^{commit}" 2>/dev/null); then
  echo "gate: skipped, no base commit here (a shallow clone?)"
  exit 0
fi
[ -x build/release/bin/assay ] || { echo "gate.sh: no build/release; run scripts/run.sh first" >&2; exit 2; }

tree=build/gate-base
variants=(strings.copied strings.interned alloc.malloc alloc.arena phonetic.per_pair phonetic.cached)
rm -rf "$tree"
git worktree prune
git worktree add --quiet --detach "$tree" "$base"
trap 'git worktree remove --force "$tree"' EXIT
# Objects that both trees share come from the compiler's cache: the paths in them are relative.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
echo "building the variants of $(git log -1 --format='%h %s' "$base")"
log=build/gate-base.log
if ! { cmake -S "$tree" --preset release && cmake --build "$tree/build/release" --target "${variants[@]}"; } >"$log" 2>&1; then
  echo "gate: skipped, the base does not build here; all of it is in $log"
  exit 0
fi

gate() {
  build/release/bin/assay gate --policy ci/policy.json --baseline "$tree/build/release/plugins" --candidate build/release/plugins \
    --junit build/gate-junit.xml --markdown build/gate.md
}
code=0
gate || code=$?
if [ "$code" -eq 75 ]; then
  echo "gate: the machine was not fit for measuring; once more"
  code=0
  gate || code=$?
fi
if [ "$code" -eq 75 ]; then
  echo "gate: no verdict, the machine was not fit for measuring twice"
  exit 0
fi
exit "$code"
