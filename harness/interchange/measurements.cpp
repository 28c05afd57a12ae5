#include "harness/interchange/measurements.hpp"

namespace assay::interchange {

Result<Measurements> read_measurements(const std::filesystem::path& file) {
  ASSAY_TRY(const Json json, read_json(file));
  const auto is_list = [&](const char* key) {
    return json.is_object() && json.contains(key) && json.at(key).is_array();
  };
  if (is_list("results")) return read_hyperfine(json, file);
  // Both have "benchmarks"; "devices" is nvbench's, "context" is Google Benchmark's.
  if (is_list("benchmarks") && json.contains("devices")) return read_nvbench(json, file);
  if (is_list("benchmarks") && json.contains("context")) return read_google_benchmark(json, file);
  return fail(ErrorKind::kUsage, "'{}' is none of google-benchmark, hyperfine and nvbench JSON", file.string());
}

}  // namespace assay::interchange
