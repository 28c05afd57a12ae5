#!/usr/bin/env bash
# On a machine with a GPU: builds the GPU paths, checks them, measures their axes and keeps the records.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: scripts/gpu_check.sh [--bundle DIR] [--seconds N] [--probe]

Builds build/gpu with ASSAY_CUDA=ON, runs the tests of the GPU paths, NVIDIA's compute-sanitizer (memcheck, racecheck, initcheck,
synccheck) where it is installed, and the measurement of all combinations of axes. Writes reports/published/gpu-axes.json and
reports/published/gpu-check.json. Changes no setting of the GPU.

  --bundle DIR  take the libraries from a folder of scripts/gpu_bundle.sh, and build what these suffice for
  --seconds N   for the measurement alone (default 360, so that all of it takes about eight minutes)
  --probe       only say whether this machine has what is needed

Exit codes: 0 fine, 1 a build or a tool failed, 2 usage, 4 a test, a sanitizer or a combination found an error, 75 no CUDA toolkit,
no NVIDIA driver or no GPU.

example: scripts/gpu_check.sh --bundle build/gpu-bundle
TEXT
}
bundle=
seconds=360
probe=no
while [ $# -gt 0 ]; do
  case "$1" in
    --help | -h) usage; exit 0 ;;
    --bundle) bundle=${2:?"gpu_check.sh: --bundle needs a folder"}; shift ;;
    --seconds) seconds=${2:?"gpu_check.sh: --seconds needs a number"}; shift ;;
    --probe) probe=yes ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done
[ -z "$bundle" ] || bundle=$(cd "$bundle" && pwd)
cd "$(dirname "$0")/.."

no_gpu() { echo "gpu_check.sh: $1" >&2; exit 75; }
command -v nvcc >/dev/null || no_gpu "no CUDA toolkit: nvcc is not on the PATH"
command -v python3 >/dev/null || { echo "gpu_check.sh: needs python3" >&2; exit 1; }
# cuDeviceGetCount after cuInit, as the driver's own library answers them.
reason=$(python3 - <<'PY'
import ctypes
try:
    driver = ctypes.CDLL("libcuda.so.1")
except OSError:
    print("no NVIDIA driver: libcuda.so.1 is not there")
else:
    count = ctypes.c_int()
    code = driver.cuInit(0) or driver.cuDeviceGetCount(ctypes.byref(count))
    if code or not count.value:
        print(f"no GPU: the driver answers {code} and counts {count.value} devices")
PY
)
[ -z "$reason" ] || no_gpu "$reason"
[ "$probe" = no ] || { echo "toolkit, driver and GPU are there"; exit 0; }

targets=(gpu_axes part_matcher_gpu)
options=(-DCMAKE_BUILD_TYPE=Release -DASSAY_CUDA=ON -DASSAY_TESTS=ON -DASSAY_BENCHMARKS=OFF)
if [ -n "$bundle" ]; then
  . "$bundle/environment.sh"
  options+=(-DASSAY_MINIMAL=ON)
else
  targets+=(part_plugins_gpu)
fi
mkdir -p build/gpu reports/published
started=$SECONDS
echo "building build/gpu"
log=build/gpu/build.log
if ! { cmake -G Ninja -S . -B build/gpu "${options[@]}" && cmake --build build/gpu --target "${targets[@]}"; } >"$log" 2>&1; then
  grep -E 'error|FAILED' "$log" | head -n 20 >&2
  echo "gpu_check.sh: the build failed; all of it is in $log" >&2
  exit 1
fi
build_seconds=$((SECONDS - started))
axes=build/gpu/bin/gpu_axes
worst=0

started=$SECONDS
tests=passed
ctest --test-dir build/gpu -L '^(matcher|plugins)/gpu' -j "$(nproc)" --output-on-failure >build/gpu/tests.log 2>&1 || { tests=failed; worst=4; tail -n 40 build/gpu/tests.log >&2; }
echo "tests: $tests ($((SECONDS - started)) s)"

# Every tool runs the small measurement, which allocates, copies, launches and waits in every way there is.
sanitizer='null'
if command -v compute-sanitizer >/dev/null; then
  sanitizer=
  for tool in memcheck racecheck initcheck synccheck; do
    leaks=()
    [ "$tool" != memcheck ] || leaks=(--leak-check full)
    answer=clean
    timeout 120 compute-sanitizer --tool "$tool" "${leaks[@]}" --error-exitcode 9 "$axes" --small -o build/gpu/small.json \
      >"build/gpu/$tool.log" 2>&1 || { answer="exit code $?"; worst=4; tail -n 20 "build/gpu/$tool.log" >&2; }
    echo "compute-sanitizer $tool: $answer"
    sanitizer+="${sanitizer:+, }\"$tool\": \"$answer\""
  done
  sanitizer="{$sanitizer}"
else
  echo "compute-sanitizer: not installed, left out"
fi

code=0
"$axes" --seconds "$seconds" -o reports/published/gpu-axes.json || code=$?
[ "$code" -eq 0 ] || worst=$code
commit=$(git rev-parse HEAD 2>/dev/null || echo unknown)
cat >reports/published/gpu-check.json <<TEXT
{"schema": "assay-gpu-check/1", "commit": "$commit", "build_seconds": $build_seconds, "tests": "$tests",
 "compute_sanitizer": $sanitizer, "axes_exit_code": $code, "axes": "gpu-axes.json"}
TEXT
echo "records: reports/published/gpu-check.json, reports/published/gpu-axes.json"
exit "$worst"
