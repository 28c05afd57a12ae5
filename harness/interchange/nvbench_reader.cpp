// nvbench's JSON, with the sample times that --jsonbin writes beside it (python/scripts/nvbench_compare.py and
// nvbench/json_printer.cu of its repository).
#include <bit>
#include <cstring>

#include "harness/core/files.hpp"
#include "harness/interchange/measurements.hpp"

namespace assay::interchange {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSampleTimes = "nv/json/bin:nv/cold/sample_times";

static_assert(std::endian::native == std::endian::little, "nvbench writes little-endian float32");

std::string text_of(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

// summaries[].data[] is a list of {name, type, value}, numbers as text.
const Json* find_named(const Json& list, const char* key, const char* name) {
  for (const Json& item : list) {
    if (item.value(key, std::string()) == name) return &item;
  }
  return nullptr;
}

// Relative names are meant from the folder of the JSON file, in older files from that in which the benchmark ran.
Result<fs::path> sample_file(const fs::path& name, const fs::path& json_file) {
  for (const fs::path& candidate :
       {json_file.parent_path() / name, json_file.parent_path().parent_path() / name, name}) {
    std::error_code ignored;
    if (fs::is_regular_file(candidate, ignored)) return candidate;
  }
  return fail(ErrorKind::kUsage, "'{}': its sample file '{}' is not there", json_file.string(), name.string());
}

Result<std::vector<double>> read_samples(const Json& summary, const fs::path& json_file) {
  const Json* const filename = find_named(summary.at("data"), "name", "filename");
  const Json* const size = find_named(summary.at("data"), "name", "size");
  if (filename == nullptr || size == nullptr) {
    return fail(ErrorKind::kUsage, "'{}': a summary '{}' lacks filename or size", json_file.string(), kSampleTimes);
  }
  ASSAY_TRY(const fs::path path, sample_file(text_of(filename->at("value")), json_file));
  ASSAY_TRY(const std::string bytes, read_file(path));
  const std::string count = text_of(size->at("value"));
  if (std::to_string(bytes.size() / sizeof(float)) != count || bytes.size() % sizeof(float) != 0) {
    return fail(ErrorKind::kUsage, "'{}' holds {} bytes; {} samples of 4 bytes were announced", path.string(),
                bytes.size(), count);
  }
  std::vector<double> samples;
  for (std::size_t at = 0; at < bytes.size(); at += sizeof(float)) {
    float seconds = 0;
    std::memcpy(&seconds, bytes.data() + at, sizeof seconds);
    samples.push_back(static_cast<double>(seconds) * 1e9);
  }
  return samples;
}

Result<Series> read_state(const Json& benchmark, const Json& state, const fs::path& file) {
  Series series{
      benchmark.at("name").get<std::string>() + " " + state.value("name", state.value("description", std::string())),
      {},
      ""};
  if (state.value("is_skipped", false)) {
    series.note = "skipped: " + (state.contains("skip_reason") ? text_of(state.at("skip_reason")) : "without a reason");
    return series;
  }
  const Json none = Json::array();
  const Json& summaries =
      state.contains("summaries") && state.at("summaries").is_array() ? state.at("summaries") : none;
  const Json* const summary = find_named(summaries, "tag", kSampleTimes);
  if (summary == nullptr) {
    series.note = "the file holds means only; run the benchmark with --jsonbin";
    return series;
  }
  ASSAY_TRY(series.samples_ns, read_samples(*summary, file));
  return series;
}

}  // namespace

Result<Measurements> read_nvbench(const Json& json, const fs::path& file) {
  Measurements measurements{"nvbench", {}};
  try {
    for (const Json& benchmark : json.at("benchmarks")) {
      if (!benchmark.contains("states") || !benchmark.at("states").is_array()) continue;
      for (const Json& state : benchmark.at("states")) {
        ASSAY_TRY(Series series, read_state(benchmark, state, file));
        measurements.series.push_back(std::move(series));
      }
    }
  } catch (const Json::exception& error) {
    const std::string_view reason = error.what();
    return fail(ErrorKind::kUsage, "'{}': {}", file.string(), reason.substr(reason.find(']') + 2));
  }
  return measurements;
}

}  // namespace assay::interchange
