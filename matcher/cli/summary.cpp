// The parts of a summary.
#include "matcher/cli/summary.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <cstdint>
#include <utility>

namespace matcher {
namespace {

constexpr std::uint64_t kBytesPerKibibyte = 1024;

template <class Column>
std::size_t count_nulls(const Column& column, std::size_t rows) {
  std::size_t count = 0;
  for (std::size_t row = 0; row < rows; ++row) count += column.valid(row) ? 0U : 1U;
  return count;
}

}  // namespace

void Stopwatch::lap(const char* stage) {
  const auto now = Clock::now();
  stages_[stage] = stages_.value(stage, 0.0) + std::chrono::duration<double>(now - last_).count();
  last_ = now;
}

double Stopwatch::total_seconds() const {
  return std::chrono::duration<double>(last_ - start_).count();
}

Json describe_table(const LoadedTable& table) {
  const PersonsView view = table.read.table.view();
  Json nulls = Json::object();
  const auto add = [&](const char* name, const auto& column, bool absent) {
    nulls[name] = absent ? Json(nullptr) : Json(count_nulls(column, view.row_count));
  };
  add("first_name", view.first_name, view.first_name.is_absent());
  add("middle_name", view.middle_name, view.middle_name.is_absent());
  add("last_name", view.last_name, view.last_name.is_absent());
  add("birthdate", view.birthdate, false);
  return {{"name", table.name},
          {"rows", view.row_count},
          {"bad_rows", table.read.report.bad_rows},
          {"bad_dates", table.read.report.bad_dates},
          {"duplicate_ids", table.duplicate_ids},
          {"nulls", nulls}};
}

Json describe_table(const std::string& name, const TableFacts& facts) {
  return {{"name", name},
          {"rows", facts.rows},
          {"bad_rows", facts.report.bad_rows},
          {"bad_dates", facts.report.bad_dates},
          {"duplicate_ids", facts.ids_ascend ? Json(0) : Json(nullptr)},
          {"nulls",
           {{"first_name", facts.nulls[0]},
            {"middle_name", facts.nulls[1]},
            {"last_name", facts.nulls[2]},
            {"birthdate", facts.nulls[3]}}}};
}

Json begin_summary(std::string_view command) {
  return {{"schema", "matcher-summary/1"}, {"command", command}, {"version", MATCHER_VERSION}};
}

void add_costs(const Stopwatch& stopwatch, Json& summary) {
  summary["seconds"] = stopwatch.stages();
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  summary["peak_rss_bytes"] = static_cast<std::uint64_t>(usage.ru_maxrss) * kBytesPerKibibyte;
}

std::vector<std::string> warnings_of(const std::string& name, const ReadReport& report) {
  std::vector<std::string> warnings;
  if (report.bad_dates > 0) {
    warnings.push_back(fmt::format("{}: {} birthdates are no dates and count as missing", name, report.bad_dates));
  }
  if (report.bad_rows == 0) return warnings;
  warnings.push_back(fmt::format("{}: left out {} rows that cannot be read, the first: {}", name, report.bad_rows,
                                 report.examples.front().reason));
  return warnings;
}

std::vector<std::string> warnings_of(const LoadedTable& table) {
  std::vector<std::string> warnings = warnings_of(table.name, table.read.report);
  if (table.duplicate_ids > 0) {
    warnings.push_back(fmt::format("{}: {} rows have an id that another row has had; results cannot tell them apart",
                                   table.name, table.duplicate_ids));
  }
  return warnings;
}

}  // namespace matcher
