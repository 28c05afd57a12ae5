// Matches that need not be in memory.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "matcher/engine/match.hpp"
#include "matcher/model/error.hpp"

namespace matcher {

// Calls a function with every match of a list, in the order of sorted_matches, as often as it is asked. Errors: those
// of reading it. Rows, score and for_review are set; what is read back from files has no more than that.
using TakeMatch = std::function<void(const Match&)>;
using EachMatch = std::function<Status(const TakeMatch&)>;

// The matches must outlive what is returned.
[[nodiscard]] inline EachMatch each_of(std::span<const Match> matches) {
  return [matches](const TakeMatch& take) -> Status {
    for (const Match& match : matches) take(match);
    return {};
  };
}

}  // namespace matcher
