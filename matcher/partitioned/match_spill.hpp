// Matches as sorted files, and all of them in order again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "matcher/io/table_sink.hpp"
#include "matcher/model/error.hpp"

namespace matcher {

// A match with everything that its order, its selection and its row of the result need.
struct SpilledMatch {
  std::int64_t left_id = 0;
  std::int64_t right_id = 0;
  std::uint32_t left_row = 0;  // in the whole table
  std::uint32_t right_row = 0;
  double score = 0.0;
  bool for_review = false;
  std::string cells;  // the row, see append_cells
};

// The order of results.
[[nodiscard]] bool comes_before(const SpilledMatch& a, const SpilledMatch& b);

void append_cells(std::span<const Cell> cells, std::string& out);
// The texts of the cells lie in `bytes`.
void read_cells(std::string_view bytes, std::vector<Cell>& cells);

// Sorts matches and writes them as a new file. Errors: kInternal.
[[nodiscard]] Status write_match_run(const std::filesystem::path& path, std::vector<SpilledMatch> matches);

// Calls visit with every match of all files, in order, until it fails. Files are merged a few at a time, so that
// neither memory nor open files grow with their number; merged ones go beside `scratch` and are removed. Errors:
// kInternal, and what visit answers.
using VisitMatch = std::function<Status(const SpilledMatch&)>;
[[nodiscard]] Status merge_match_runs(std::vector<std::filesystem::path> runs, const std::filesystem::path& scratch,
                                      const VisitMatch& visit);

}  // namespace matcher
