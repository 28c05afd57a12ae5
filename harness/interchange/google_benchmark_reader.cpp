// Google Benchmark's JSON (docs/user_guide.md of its repository, "Output Formats").
#include <algorithm>

#include "harness/interchange/measurements.hpp"

namespace assay::interchange {
namespace {

Result<double> nanoseconds_per(const std::string& unit, const std::string& where) {
  if (unit == "ns") return 1.0;
  if (unit == "us") return 1e3;
  if (unit == "ms") return 1e6;
  if (unit == "s") return 1e9;
  return fail(ErrorKind::kUsage, "{}: unknown time_unit '{}'; known: ns, us, ms, s", where, unit);
}

Series& series_named(Measurements& measurements, const std::string& name) {
  const auto found = std::find_if(measurements.series.begin(), measurements.series.end(),
                                  [&](const Series& series) { return series.name == name; });
  if (found != measurements.series.end()) return *found;
  return measurements.series.emplace_back(Series{name, {}, ""});
}

// run_name is the name without the aggregate's suffix; files from before 1.5 have only the name and no run_type.
std::string name_of(const Json& row) {
  return row.value("run_name", row.value("name", std::string()));
}

Status add_row(Measurements& measurements, const Json& row, const std::string& where) {
  const std::string name = name_of(row);
  if (name.empty()) return fail(ErrorKind::kUsage, "{}: a benchmark has no name", where);
  if (row.value("run_type", "iteration") != "iteration") return {};
  Series& series = series_named(measurements, name);
  if (row.value("error_occurred", false)) {
    series.note = "the benchmark failed: " + row.value("error_message", std::string("without a message"));
    return {};
  }
  ASSAY_TRY(const double time, member<double>(row, where + ": '" + name + "'", "real_time"));
  ASSAY_TRY(const double unit, nanoseconds_per(row.value("time_unit", "ns"), where));
  series.samples_ns.push_back(time * unit);
  return {};
}

}  // namespace

Result<Measurements> read_google_benchmark(const Json& json, const std::filesystem::path& file) {
  Measurements measurements{"google-benchmark", {}};
  const std::string where = "'" + file.string() + "'";
  try {
    bool only_aggregates = !json.at("benchmarks").empty();
    for (const Json& row : json.at("benchmarks")) {
      ASSAY_CHECK(add_row(measurements, row, where));
      only_aggregates = only_aggregates && row.value("run_type", "iteration") == "aggregate";
    }
    if (only_aggregates) {
      return fail(ErrorKind::kUsage, "{}: only aggregates, no repetition; leave out --benchmark_report_aggregates_only",
                  where);
    }
  } catch (const Json::exception& error) {
    const std::string_view reason = error.what();
    return fail(ErrorKind::kUsage, "{}: {}", where, reason.substr(reason.find(']') + 2));
  }
  for (Series& series : measurements.series) {
    if (!series.note.empty()) series.samples_ns.clear();  // a failure spoils the whole series
  }
  return measurements;
}

}  // namespace assay::interchange
