// What commands share.
#include "matcher/cli/command.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>

#include "matcher/cli/summary.hpp"
#include "matcher/mysql/endpoint.hpp"
#include "matcher/parallel/fork_join.hpp"

namespace matcher {
namespace {

InputFlags watched(InputFlags flags, const CommandRun& run) {
  flags.on_progress = run.watch().on_progress;
  return flags;
}

}  // namespace

void say(const std::string& line) {
  fmt::print(stderr, "matcher: {}\n", line);
}

Result<LoadedTable> load_one_table(const std::string& source, const InputFlags& flags, unsigned threads,
                                   CommandRun& run) {
  auto table = load_table(source, watched(flags, run), Side::kLeft, threads == 0 ? available_threads() : threads);
  if (!table) return table;
  for (const std::string& warning : warnings_of(*table)) say(warning);
  if (auto status = write_bad_rows(flags, {{table->name, &table->read.report}}, run.watch(), run.outputs()); !status)
    return hand_on(status);
  run.stopwatch().lap("read");
  return table;
}

Status report_rows(const InputFlags& flags, const std::vector<NamedReport>& reports, CommandRun& run) {
  for (const auto& [table, report] : reports) {
    for (const std::string& warning : warnings_of(table, *report)) say(warning);
  }
  return write_bad_rows(flags, reports, run.watch(), run.outputs());
}

Result<TwoTables> load_two_tables(const std::string& left, const std::string& right, const InputFlags& given,
                                  unsigned threads, CommandRun& run) {
  const InputFlags flags = watched(given, run);
  const unsigned wanted = threads == 0 ? available_threads() : threads;
  std::array<std::optional<Result<LoadedTable>>, 2> tables;
  const auto load = [&](std::size_t i) {
    tables[i] = i == 0 ? load_table(left, flags, Side::kLeft, wanted) : load_table(right, flags, Side::kRight, wanted);
  };
  // A file is read by all threads at once, a server by one connection: two of them side by side.
  const bool waits_for_servers = is_mysql_url(left) || is_mysql_url(right);
  fork_join(waits_for_servers ? 2 : 1, tables.size(), [&](unsigned, std::size_t i) { load(i); });
  auto& left_table = *tables[0];
  if (!left_table) return hand_on(left_table);
  auto& right_table = *tables[1];
  if (!right_table) return hand_on(right_table);
  for (const LoadedTable* table : {&*left_table, &*right_table}) {
    for (const std::string& warning : warnings_of(*table)) say(warning);
  }
  if (auto status = write_bad_rows(
          flags, {{left_table->name, &left_table->read.report}, {right_table->name, &right_table->read.report}},
          run.watch(), run.outputs());
      !status)
    return hand_on(status);
  run.stopwatch().lap("read");
  return TwoTables{std::move(*left_table), std::move(*right_table)};
}

}  // namespace matcher
