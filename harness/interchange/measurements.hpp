// Benchmark results that another tool wrote: named series of samples.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/core/json.hpp"

namespace assay::interchange {

struct Series {
  std::string name;
  std::vector<double> samples_ns;  // time of one iteration, CPU or GPU, whatever the tool calls real time
  std::string note;                // why there are no samples, if there are none
};

struct Measurements {
  std::string format;          // "google-benchmark", "hyperfine", "nvbench"
  std::vector<Series> series;  // names are unique
};

// Reads a file of one of the formats, which it tells by its keys:
//   google-benchmark  benchmarks[] of run_type iteration: real_time in time_unit, repetitions are samples
//   hyperfine         results[].times in seconds
//   nvbench           benchmarks[].states[]: cold sample times, float32 seconds in the file that --jsonbin writes
//   beside it
// A benchmark that was skipped or failed has no samples and a note. Errors: kUsage, with the file and what is wrong.
[[nodiscard]] Result<Measurements> read_measurements(const std::filesystem::path& file);

// The same of a document; file names it in errors and is where nvbench's sample files lie.
[[nodiscard]] Result<Measurements> read_google_benchmark(const Json& json, const std::filesystem::path& file);
[[nodiscard]] Result<Measurements> read_hyperfine(const Json& json, const std::filesystem::path& file);
[[nodiscard]] Result<Measurements> read_nvbench(const Json& json, const std::filesystem::path& file);

}  // namespace assay::interchange
