#include "harness/cli/commands/compare_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <regex>
#include <vector>

#include "harness/cli/terminal.hpp"
#include "harness/core/exit_code.hpp"
#include "harness/interchange/measurements.hpp"
#include "harness/stats/quantile.hpp"
#include "harness/stats/unpaired.hpp"

namespace assay::cli {
namespace {

using interchange::Measurements;
using interchange::Series;

const Series* find(const Measurements& measurements, const std::string& name) {
  const auto found = std::find_if(measurements.series.begin(), measurements.series.end(),
                                  [&](const Series& series) { return series.name == name; });
  return found == measurements.series.end() ? nullptr : &*found;
}

// 0.42 ns is a time that micro-benchmarks have.
std::string time_text(double nanoseconds) {
  return nanoseconds < 99.5 ? fmt::format("{:.3g} ns", nanoseconds) : duration_text(nanoseconds);
}

struct Row {
  std::vector<std::string> cells;
  bool regressed = false;
};

std::string why_no_time(const Series& old_series, const Series& new_series) {
  const std::string& note = old_series.note.empty() ? new_series.note : old_series.note;
  return note.empty() ? "a time is not positive" : note;
}

Row row_of(const Series& old_series, const Series& new_series, double margin) {
  const auto compared = stats::compare_unpaired(old_series.samples_ns, new_series.samples_ns, margin);
  if (!compared) return {{old_series.name, "-", "-", "-", why_no_time(old_series, new_series)}, false};
  std::string ratio = fmt::format("{:.3f}", compared->ratio);
  if (const auto& interval = compared->interval95)
    ratio += fmt::format(" [{:.3f}, {:.3f}]", interval->low, interval->high);
  std::string verdict(stats::to_string(compared->verdict));
  if (compared->reason == stats::VerdictReason::kTooFewPairs) {
    verdict += fmt::format(": needs {} samples on both sides", stats::kFewestUnpaired);
  }
  return {{old_series.name,
           fmt::format("{} -> {}", time_text(*stats::median(old_series.samples_ns)),
                       time_text(*stats::median(new_series.samples_ns))),
           fmt::format("{} / {}", compared->baseline_samples, compared->candidate_samples), ratio, verdict},
          compared->verdict == stats::Verdict::kRegressed};
}

Result<std::regex> pattern_of(const std::string& filter) {
  try {
    return std::regex(filter, std::regex::ECMAScript);
  } catch (const std::regex_error& error) {
    return fail(ErrorKind::kUsage, "--filter '{}' is no regular expression: {}", filter, error.what());
  }
}

std::vector<std::string> only_in(const Measurements& one, const Measurements& other, const std::regex& pattern) {
  std::vector<std::string> names;
  for (const Series& series : one.series) {
    if (find(other, series.name) == nullptr && std::regex_search(series.name, pattern)) names.push_back(series.name);
  }
  return names;
}

void print_only_in(const std::filesystem::path& file, const std::vector<std::string>& names) {
  for (const std::string& name : names) fmt::print("only in '{}': {}\n", file.string(), name);
}

}  // namespace

bool are_result_files(const std::string& baseline, const std::string& candidate) {
  const auto is_file = [](const std::string& name) { return std::filesystem::path(name).extension() == ".json"; };
  return is_file(baseline) && is_file(candidate);
}

Result<int> compare_files(const FileComparison& comparison) {
  ASSAY_TRY(const Measurements old_file, interchange::read_measurements(comparison.baseline));
  ASSAY_TRY(const Measurements new_file, interchange::read_measurements(comparison.candidate));
  ASSAY_TRY(const std::regex pattern, pattern_of(comparison.filter));
  const double margin = comparison.margin.value_or(stats::kUnpairedMargin);
  std::vector<std::vector<std::string>> rows{
      {"benchmark", "time (median)", "samples", "ratio [95 % interval]", "verdict"}};
  bool regressed = false;
  for (const Series& series : old_file.series) {
    const Series* const other = find(new_file, series.name);
    if (other == nullptr || !std::regex_search(series.name, pattern)) continue;
    const Row row = row_of(series, *other, margin);
    rows.push_back(row.cells);
    regressed = regressed || row.regressed;
  }
  if (rows.size() == 1) {
    return fail(ErrorKind::kUsage, "'{}' and '{}' have no benchmark in common{}", comparison.baseline.string(),
                comparison.candidate.string(), comparison.filter.empty() ? "" : " that --filter lets through");
  }
  fmt::print(
      "NOT INTERLEAVED: the two files were measured one after the other, without a control. What the machine did in\n"
      "between counts as a change of code, so only changes beyond {:g} % are called one (--margin).\n\n{}",
      margin * 100, table_text(rows));
  print_only_in(comparison.baseline, only_in(old_file, new_file, pattern));
  print_only_in(comparison.candidate, only_in(new_file, old_file, pattern));
  return static_cast<int>(regressed && comparison.fail_on_regression ? ExitCode::kRegression : ExitCode::kFine);
}

}  // namespace assay::cli
