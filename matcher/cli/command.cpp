// What commands share.
#include "matcher/cli/command.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "matcher/cli/summary.hpp"
#include "matcher/parallel/fork_join.hpp"

namespace matcher {

void say(const std::string& line) {
  fmt::print(stderr, "matcher: {}\n", line);
}

Result<LoadedTable> load_one_table(const std::string& source, const InputFlags& flags, unsigned threads) {
  auto table = load_table(source, flags, Side::kLeft, threads == 0 ? available_threads() : threads);
  if (!table) return table;
  for (const std::string& warning : warnings_of(*table)) say(warning);
  if (auto status = write_bad_rows(flags, {{table->name, &table->read.report}}); !status) return hand_on(status);
  return table;
}

Result<TwoTables> load_two_tables(const std::string& left, const std::string& right, const InputFlags& flags,
                                  unsigned threads) {
  const unsigned wanted = threads == 0 ? available_threads() : threads;
  auto left_table = load_table(left, flags, Side::kLeft, wanted);
  if (!left_table) return hand_on(left_table);
  auto right_table = load_table(right, flags, Side::kRight, wanted);
  if (!right_table) return hand_on(right_table);
  for (const LoadedTable* table : {&*left_table, &*right_table}) {
    for (const std::string& warning : warnings_of(*table)) say(warning);
  }
  if (auto status = write_bad_rows(
          flags, {{left_table->name, &left_table->read.report}, {right_table->name, &right_table->read.report}});
      !status)
    return hand_on(status);
  return TwoTables{std::move(*left_table), std::move(*right_table)};
}

}  // namespace matcher
