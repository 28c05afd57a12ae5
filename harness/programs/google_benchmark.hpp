// A program built with Google Benchmark: which cases it has, and one case run once in a process of its own.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/programs/process.hpp"

namespace assay::programs {

// How long a case runs: so many iterations, or until so much time has passed. Fixed iterations need version 1.8.
struct BenchmarkLength {
  std::optional<std::uint64_t> iterations;
  double seconds = 0.02;
  bool seconds_with_suffix = false;  // "0.02s" as of 1.8, "0.02" before
};

struct BenchmarkSample {
  double real_ns = 0;  // of one iteration, as the program counts it
  double cpu_ns = 0;
  std::uint64_t iterations = 0;
  ProcessResult process;
  std::string failure;  // why there is no time: it crashed, hung, or the benchmark reported an error; else empty
};

class BenchmarkProgram {
 public:
  // limit: for one case. Errors: kUsage (cannot be executed).
  [[nodiscard]] static Result<BenchmarkProgram> open(const std::string& path, std::chrono::nanoseconds limit);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  // Names by --benchmark_list_tests, in the program's order. filter: the program's own regular expression; empty: all.
  // Errors: kUsage (it fails or lists nothing: it is no such program), kInterrupted.
  [[nodiscard]] Result<std::vector<std::string>> list(const std::string& filter,
                                                      const std::atomic<bool>& interrupted) const;

  // Runs one case. What goes wrong in the program is the sample's failure. Errors: kInterrupted, kInternal.
  [[nodiscard]] Result<BenchmarkSample> run(const std::string& name, const BenchmarkLength& length,
                                            std::size_t padding_bytes, const std::atomic<bool>& interrupted) const;

  // Whether it understands "--benchmark_min_time=1x", tried with the case. Errors: as run.
  [[nodiscard]] Result<bool> takes_iterations(const std::string& name, const std::atomic<bool>& interrupted) const;

 private:
  BenchmarkProgram(std::filesystem::path path, std::chrono::nanoseconds limit)
      : path_(std::move(path)), limit_(limit) {}
  [[nodiscard]] Result<ProcessResult> call(const std::vector<std::string>& options, std::size_t padding_bytes,
                                           const std::atomic<bool>& interrupted) const;

  std::filesystem::path path_;
  std::chrono::nanoseconds limit_;
};

// A regular expression that fits this name alone.
[[nodiscard]] std::string filter_of(const std::string& name);

// What the program printed with --benchmark_format=json: the mean over its repetitions, or why there is none.
[[nodiscard]] BenchmarkSample read_sample(const std::string& output);

}  // namespace assay::programs
