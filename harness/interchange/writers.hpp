// Records in the formats that other tools read. Only cases whose outcome is ok are written; what a record does not know
// is null or left out, never NaN.
#pragma once

#include <string>
#include <vector>

#include "harness/core/json.hpp"

namespace assay::interchange {

// All: records are assay-result/1. Errors: kUsage if a record is damaged.

// Google Benchmark's JSON: read by its compare.py, LNT, Bencher, github-action-benchmark.
[[nodiscard]] Result<Json> to_google_benchmark(const std::vector<Json>& records);

// The Go benchmark data format (golang.org/design/14313-benchmark-format): one line a sample, arms apart by the
// configuration key "arm", so `benchstat -col arm FILE` compares them. ns/op is wall time, cpu-ns/op CPU time.
[[nodiscard]] Result<std::string> to_benchstat(const std::vector<Json>& records);

// Bencher Metric Format (bencher.dev/docs/reference/bencher-metric-format): "latency" is an arm's median in
// nanoseconds; the candidate also has "ratio" with the bounds of its 95 % interval.
[[nodiscard]] Result<Json> to_bencher(const std::vector<Json>& records);

// What github-action-benchmark calls customSmallerIsBetter: medians of both arms in nanoseconds, and the ratio, which
// is the one that does not depend on the machine.
[[nodiscard]] Result<Json> to_github_action_benchmark(const std::vector<Json>& records);

// hyperfine's --export-json, in seconds: an entry for each arm.
[[nodiscard]] Result<Json> to_hyperfine(const std::vector<Json>& records);

}  // namespace assay::interchange
