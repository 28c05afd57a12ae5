// Which pairs are known to be the same person.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <utility>
#include <vector>

#include "matcher/model/error.hpp"
#include "matcher/model/persons_view.hpp"
#include "matcher/parallel/stage_watch.hpp"

namespace matcher {

struct Truth {
  // Left row, right row; ascending, each once. In one table left row < right row.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs{};
  std::size_t unknown_ids = 0;          // lines that name an id which is in no row
  std::uint64_t pairs_without_row = 0;  // true pairs that can never be found: an end of theirs is in no row
};

// A CSV file with columns left_id and right_id, one true pair per line, or, for one table, id and cluster: all rows of
// a cluster are the same person; a row without one is nobody else. same_table: left and right are one table. Other
// columns are ignored. Throws Cancelled. Errors: kBadInput. O(rows + true pairs) expected.
[[nodiscard]] Result<Truth> read_truth(const std::filesystem::path& path, const PersonsView& left,
                                       const PersonsView& right, bool same_table, const RunWatch& watch = {});

}  // namespace matcher
