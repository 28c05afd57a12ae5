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

// By way of the filter, if there is one and it does not fail.
MatchResult match(MatchRun& run, PairFilter* filter) {
  MatchResult result;
  if (filter != nullptr) {
    auto filtered = run.match_filtered(*filter);
    if (filtered) return {std::move(*filtered), run.candidate_counts()};
    result.filter_failure = filtered.error().message;
  }
  result.matches = run.match();
  result.candidate_counts = run.candidate_counts();
  return result;
}

Result<MatchResult> run(const PersonsView& left, const PersonsView& right, const MatchOptions& options,
                        PairFilter* filter) {
  if (auto status = check_rows(left, right); !status) return hand_on(status);
  if (auto status = check_columns(options, left, right); !status) return hand_on(status);
  auto plan = make_plan(options);
  if (!plan) return hand_on(plan);
  try {
    MatchRun steps(left, right, std::move(*plan), options);
    steps.prepare();
    return match(steps, filter);
  } catch (const Cancelled&) {
    return fail(ErrorKind::kCancelled, "cancelled");
  } catch (const std::bad_alloc&) {
    return fail(ErrorKind::kInternal, "out of memory matching {} with {} rows; match smaller tables", left.row_count,
                right.row_count);
  } catch (const std::system_error& error) {
    return fail(ErrorKind::kInternal, "cannot start threads: {}; ask for fewer", error.what());
  }
}

}  // namespace

Result<MatchResult> run_match(const PersonsView& left, const PersonsView& right, const MatchOptions& options) {
  return run(left, right, options, nullptr);
}

Result<MatchResult> run_match(const PersonsView& left, const PersonsView& right, const MatchOptions& options,
                              PairFilter& filter) {
  if (const auto reason = why_not_filtered(options)) return fail(ErrorKind::kBadInput, "{}", *reason);
  return run(left, right, options, &filter);
}

Result<std::vector<Match>> match_persons(const PersonsView& left, const PersonsView& right,
                                         const MatchOptions& options) {
  auto result = run_match(left, right, options);
  if (!result) return hand_on(result);
  return std::move(result->matches);
}

}  // namespace matcher
