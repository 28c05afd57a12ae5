#!/usr/bin/env bash
# On a machine with a GPU: builds the GPU paths, checks them, measures their axes and keeps the records.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: scripts/gpu_check.sh [--bundle DIR] [--seconds N] [--ncu] [--probe]

Builds build/gpu with ASSAY_CUDA=ON, runs the tests of the GPU paths and NVIDIA's compute-sanitizer (memcheck, racecheck, initcheck,
synccheck) where it is installed, and compares the answer of every GPU variant with the CPU's on names of a fresh seed. With --ncu, Nsight
Compute's counters of each kernel as well. Then it measures, each for a part of N seconds: the kernels alone with what the device can do at
most (gpu_ladder), all combinations of axes and flows over the size of a tile (gpu_axes), and the GPU variants as plugins with the claims
about them (assay run gpu). Writes gpu-ladder.json, gpu-axes.json, gpu-run/ and gpu-check.json below reports/published, and ladder.html and
axes.html below build/gpu where python3 has what these need. Changes no setting of the GPU.

  --bundle DIR  take the libraries from a folder of scripts/gpu_bundle.sh, and build what these suffice for
  --seconds N   for the measurements (default 480)
  --ncu         also profile the kernels with Nsight Compute, into build/gpu/ladder.ncu-rep
  --probe       only say whether this machine has what is needed

Exit codes: 0 fine, 1 a build or a tool failed, 2 usage, 4 a test, a sanitizer, a kernel or a variant was wrong, 75 no CUDA toolkit,
no NVIDIA driver or no GPU.

example: scripts/gpu_check.sh --bundle build/gpu-bundle
TEXT
}
bundle=
seconds=480
probe=no
ncu=no
while [ $# -gt 0 ]; do
  case "$1" in
    --help | -h) usage; exit 0 ;;
    --bundle) bundle=${2:?"gpu_check.sh: --bundle needs a folder"}; shift ;;
    --seconds) seconds=${2:?"gpu_check.sh: --seconds needs a number"}; shift ;;
    --ncu) ncu=yes ;;
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

targets=(gpu_axes gpu_ladder part_matcher_gpu assay assay-worker assay_malloc_counter gpu_plugins names.scalar names.bitparallel)
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
worst=0

started=$SECONDS
tests=passed
ctest --test-dir build/gpu -L '^(matcher|plugins)/gpu' -j "$(nproc)" --output-on-failure >build/gpu/tests.log 2>&1 || { tests=failed; worst=4; tail -n 40 build/gpu/tests.log >&2; }
echo "tests: $tests ($((SECONDS - started)) s)"

# Every tool runs the small measurements: all kernels, and every way there is to allocate, copy, launch and wait.
sanitizer='null'
if command -v compute-sanitizer >/dev/null; then
  sanitizer=
  for tool in memcheck racecheck initcheck synccheck; do
    leaks=()
    [ "$tool" != memcheck ] || leaks=(--leak-check full)
    answer=clean
    for program in gpu_ladder gpu_axes; do
      code=0
      timeout 120 compute-sanitizer --tool "$tool" "${leaks[@]}" --error-exitcode 9 "build/gpu/bin/$program" --small \
        -o build/gpu/small.json >"build/gpu/$tool-$program.log" 2>&1 || code=$?
      [ "$code" -eq 0 ] || { answer="$program: exit code $code"; worst=4; tail -n 20 "build/gpu/$tool-$program.log" >&2; }
    done
    echo "compute-sanitizer $tool: $answer"
    sanitizer+="${sanitizer:+, }\"$tool\": \"$answer\""
  done
  sanitizer="{$sanitizer}"
else
  echo "compute-sanitizer: not installed, left out"
fi

# Every GPU variant beside the CPU, on names of a fresh seed, of other alphabets too.
seed=$((RANDOM * 32768 + RANDOM))
variants=0
wrong=()
left_out=()
rm -rf build/gpu/answers && mkdir build/gpu/answers
for module in build/gpu/plugins/gpu.*.so; do
  id=$(basename "$module" .so)
  variants=$((variants + 1))
  code=0
  build/gpu/bin/assay compare names.scalar "$id" --workload names.score -p threshold=80 --profile unicode --seed "$seed" \
    --datasets people-10k --budget 0.01 --launches 1 --no-report -q -o "build/gpu/answers/$id" >build/gpu/answer.log 2>&1 || code=$?
  ! grep -q ' skipped$' build/gpu/answer.log || left_out+=("\"$id\"")
  [ "$code" -eq 0 ] || { wrong+=("\"$id\""); worst=4; tail -n 20 build/gpu/answer.log >&2; }
done
list() { local IFS=,; echo "[$*]"; }
answers="{\"seed\": $seed, \"variants\": $variants, \"wrong\": $(list "${wrong[@]}"), \"skipped\": $(list "${left_out[@]}")}"
echo "answers: $answers"

# Clocks stay as they are: a profile says what a kernel does, the times are gpu_ladder's.
if [ "$ncu" = yes ]; then
  if ncu --clock-control none --set full -f -o build/gpu/ladder build/gpu/bin/gpu_ladder --small -o build/gpu/small.json >build/gpu/ncu.log 2>&1; then
    echo "ncu: build/gpu/ladder.ncu-rep"
  else
    tail -n 5 build/gpu/ncu.log >&2
    echo "ncu: no profile (see above; the counters may need a privilege)"
  fi
fi

# The worse of what was and what is.
keep_worst() { [ "$1" -eq 0 ] || [ "$worst" -eq 4 ] || worst=$1; }
out=reports/published
ladder_code=0
build/gpu/bin/gpu_ladder --seconds $((seconds * 35 / 100)) -o "$out/gpu-ladder.json" || ladder_code=$?
keep_worst "$ladder_code"
axes_code=0
build/gpu/bin/gpu_axes --seconds $((seconds * 30 / 100)) -o "$out/gpu-axes.json" --trace build/gpu/trace.json || axes_code=$?
keep_worst "$axes_code"
run_code=0
rm -rf "$out/gpu-run"
cases=$(cat suites/gpu.json audits/*.json | grep -c '"candidate": "gpu\.')  # at most: some are in both
audits=(--audit name_matcher --audit visionflow --audit cuda_wasm)
build/gpu/bin/assay run gpu "${audits[@]}" --budget $((seconds * 35 / 100 / cases)) --no-report -q -o "$out/gpu-run" || run_code=$?
keep_worst "$run_code"
if python3 -c 'import jinja2, jsonschema, matplotlib' 2>/dev/null; then
  for record in ladder axes; do
    build/gpu/bin/assay report "$out/gpu-$record.json" -o "build/gpu/$record.html" || keep_worst 1
  done
fi
commit=$(git rev-parse HEAD 2>/dev/null || echo unknown)
cat >"$out/gpu-check.json" <<TEXT
{"schema": "assay-gpu-check/1", "commit": "$commit", "build_seconds": $build_seconds, "tests": "$tests",
 "compute_sanitizer": $sanitizer, "answers": $answers, "ladder": {"exit_code": $ladder_code, "file": "gpu-ladder.json"},
 "axes": {"exit_code": $axes_code, "file": "gpu-axes.json"}, "run": {"exit_code": $run_code, "file": "gpu-run"}}
TEXT
echo "records: $out/gpu-check.json, gpu-ladder.json, gpu-axes.json, gpu-run"
exit "$worst"
