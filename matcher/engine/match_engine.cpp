// The engine's interface over MatchRun: options checked, exceptions turned into errors.
#include "matcher/engine/match_engine.hpp"

#include <new>
#include <system_error>
#include <utility>

#include "matcher/engine/match_plan.hpp"
#include "matcher/engine/match_run.hpp"

namespace matcher {
namespace {

constexpr std::size_t kMostRows = 0x7fffffff;  // row numbers and index slots are 32-bit

Status check_rows(const PersonsView& left, const PersonsView& right) {
  for (const PersonsView& table : {left, right}) {
    if (table.row_count <= kMostRows) continue;
    return fail(ErrorKind::kBadInput, "a table has {} rows, the most is {}; split it", table.row_count, kMostRows);
  }
  return {};
}

}  // namespace

Result<MatchResult> run_match(const PersonsView& left, const PersonsView& right, const MatchOptions& options) {
  if (auto status = check_rows(left, right); !status) return hand_on(status);
  if (auto status = check_columns(options, left, right); !status) return hand_on(status);
  auto plan = make_plan(options);
  if (!plan) return hand_on(plan);
  try {
    MatchRun run(left, right, std::move(*plan), options);
    run.prepare();
    std::vector<Match> matches = run.match();
    return MatchResult{std::move(matches), run.candidate_counts()};
  } catch (const Cancelled&) {
    return fail(ErrorKind::kCancelled, "cancelled");
  } catch (const std::bad_alloc&) {
    return fail(ErrorKind::kInternal, "out of memory matching {} with {} rows; match smaller tables", left.row_count,
                right.row_count);
  } catch (const std::system_error& error) {
    return fail(ErrorKind::kInternal, "cannot start threads: {}; ask for fewer", error.what());
  }
}

Result<std::vector<Match>> match_persons(const PersonsView& left, const PersonsView& right,
                                         const MatchOptions& options) {
  auto result = run_match(left, right, options);
  if (!result) return hand_on(result);
  return std::move(result->matches);
}

}  // namespace matcher
