// assay compare --google-benchmark A B: two builds of a Google Benchmark program, case by case.
#pragma once

#include "harness/cli/benchmark_experiment.hpp"

namespace assay::cli {

// Measures every case that both programs list and prints a verdict for each. Returns the exit code; with
// fail_on_regression kRegression if a case is REGRESSED after Holm's correction for the number of cases (1 %). Errors:
// kUsage, kInterrupted (what was measured is kept), kInternal.
[[nodiscard]] Result<int> compare_benchmarks(const BenchmarkRequest& request, bool fail_on_regression);

}  // namespace assay::cli
