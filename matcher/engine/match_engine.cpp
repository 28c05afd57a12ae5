// The engine's interface over the production pipeline.
#include "matcher/engine/match_engine.hpp"

#include <new>
#include <system_error>
#include <utility>

#include "matcher/engine/pipeline.hpp"
#include "matcher/engine/stacks.hpp"

namespace matcher {
namespace {

constexpr std::size_t kMostRows = 0x7fffffff;  // row numbers and index slots are 32-bit

Status check(const PersonsView& left, const PersonsView& right, const MatchOptions& options) {
  for (const PersonsView& table : {left, right}) {
    if (table.row_count <= kMostRows) continue;
    return fail(ErrorKind::kBadInput, "a table has {} rows, the most is {}; split it", table.row_count, kMostRows);
  }
  if (!(options.threshold_percent >= 0.0 && options.threshold_percent <= 100.0)) {
    return fail(ErrorKind::kBadInput, "threshold {} is not a percentage; choose one from 0 to 100",
                options.threshold_percent);
  }
  return {};
}

}  // namespace

Result<std::vector<Match>> match_persons(const PersonsView& left, const PersonsView& right,
                                         const MatchOptions& options) {
  if (auto status = check(left, right, options); !status) return hand_on(status);
  try {
    Pipeline<ProductionStack> pipeline(left, right, options);
    pipeline.prepare();
    pipeline.run();
    std::vector<Match> matches = std::move(pipeline.matches());
    sort_matches(matches, left, right);
    return matches;
  } catch (const Cancelled&) {
    return fail(ErrorKind::kCancelled, "cancelled");
  } catch (const std::bad_alloc&) {
    return fail(ErrorKind::kInternal, "out of memory matching {} with {} rows; match smaller tables", left.row_count,
                right.row_count);
  } catch (const std::system_error& error) {
    return fail(ErrorKind::kInternal, "cannot start threads: {}; ask for fewer", error.what());
  }
}

}  // namespace matcher
