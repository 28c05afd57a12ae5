// One case of two Google Benchmark programs, run alternately with a control, from plan to record.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <string>

#include "harness/programs/google_benchmark.hpp"
#include "harness/store/journal.hpp"
#include "harness/store/record.hpp"

namespace assay::cli {

struct BenchmarkRequest {
  std::array<std::string, 2> programs;  // as given: baseline, candidate
  std::string filter;                   // of the programs; empty: all
  double budget_seconds = 4;            // per case
  double limit_seconds = 120;           // of one run of a case
  std::optional<std::uint32_t> pairs;
  std::uint64_t seed = 42;
  std::filesystem::path output;
  bool quiet = false;
  std::string command;
};

struct BenchmarkPair {
  std::array<programs::BenchmarkProgram, 2> programs;
  std::array<std::string, 2> digests;
  bool fixed_iterations = false;  // both take "--benchmark_min_time=Nx"
};

// One process a sample, of 20 ms as the baseline counts them; with fixed iterations both arms run the same number. The
// record's times are those of so many iterations as parameters["iterations"] says: one may take less than a nanosecond.
// Errors: kInterrupted, kInternal.
[[nodiscard]] Result<store::CaseRecord> run_benchmark_case(const BenchmarkRequest& request, const BenchmarkPair& pair,
                                                           const std::string& name, const Json& environment,
                                                           store::Journal& journal,
                                                           const std::function<void(double)>& progress,
                                                           const std::atomic<bool>& interrupted);

}  // namespace assay::cli
