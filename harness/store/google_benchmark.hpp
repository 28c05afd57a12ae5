// Records as Google Benchmark JSON, which compare.py, LNT, Bencher and github-action-benchmark read.
#pragma once

#include <vector>

#include "harness/core/json.hpp"

namespace assay::store {

// records: assay-result/1 objects. Every sample of an ok case becomes an iteration row and every arm gets a mean,
// median, stddev and cv aggregate, times in ns of prepare + run. Cases without times are left out: the format has no
// null. Names tell apart what the cases tell apart, because readers take rows of one name for repetitions:
// "strings.copied/people-10k/algorithm:A3/threshold:95/baseline_of:strings.interned".
// Errors: kUsage if a record lacks a key. Source: google/benchmark docs/user_guide.md "Output Formats" and
// src/json_reporter.cc; tools/gbench/report.py is the reader.
[[nodiscard]] Result<Json> to_google_benchmark(const std::vector<Json>& records);

}  // namespace assay::store
