// A bisection for people and programs: its steps, its result, and assay-bisect/1 JSON.
#pragma once

#include <string>
#include <vector>

#include "harness/cli/bisect_search.hpp"
#include "harness/core/json.hpp"

namespace assay::cli {

// What is searched: the first position is the good end, the last the bad one.
struct BisectSubject {
  const char* unit;                       // what one position is called: "commit" or "variant"
  std::vector<std::string> names;         // by position, short
  std::vector<std::string> descriptions;  // by position; a commit's subject, or empty
  Json question;                          // what the answers depend on
};

[[nodiscard]] std::string bisect_label(const BisectSubject& subject, std::size_t position);
[[nodiscard]] std::string bisect_step_text(const BisectStep& step);
[[nodiscard]] std::string bisect_text(const BisectResult& result, const BisectSubject& subject);
[[nodiscard]] Json bisect_json(const BisectResult& result, const BisectSubject& subject);

}  // namespace assay::cli
