// The names of one table of workload names.score, grouped by birthdate.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "matcher/text/normalize.hpp"
#include "matcher/text/utf8.hpp"
#include "plugins/sdk/plugin.hpp"

namespace assay::names {

// "jose garcia": normal forms of both parts, a space between; null reads as "".
class FullNames {
 public:
  explicit FullNames(const sdk::TableView& table) : first_(table.text("first_name")), last_(table.text("last_name")) {}

  // As Unicode scalars; overwritten by the next call.
  [[nodiscard]] std::u32string_view of(std::size_t row) {
    joined_.clear();
    append(first_, row);
    joined_ += ' ';
    append(last_, row);
    matcher::decode_utf8(joined_, scalars_);
    return scalars_;
  }
  // Of UTF-8, of the row that was asked for last.
  [[nodiscard]] std::uint32_t bytes() const { return static_cast<std::uint32_t>(joined_.size()); }

 private:
  void append(const sdk::TextView& column, std::size_t row) {
    if (!column.valid(row)) return;
    matcher::normalize_text(column[row], part_);
    joined_ += part_;
  }

  sdk::TextView first_;
  sdk::TextView last_;
  std::string part_;
  std::string joined_;
  std::u32string scalars_;
};

// Rows that have a birthdate, in its order; a block is a run of equal dates.
struct NameTable {
  std::vector<std::int64_t> ids;
  std::vector<std::int32_t> dates;
  std::vector<std::u32string> names;
  std::vector<std::uint32_t> bytes;  // of the names in UTF-8, which a Levenshtein percent divides by

  [[nodiscard]] std::size_t size() const { return ids.size(); }
};

[[nodiscard]] inline NameTable read_names(const sdk::TableView& table, const sdk::Host& host) {
  const auto ids = table.values<std::int64_t>("id").values;
  const auto birthdates = table.dates("birthdate");
  std::vector<std::uint32_t> order;
  for (std::uint32_t row = 0; row < table.row_count(); ++row) {
    if (birthdates.valid(row)) order.push_back(row);
  }
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(birthdates.values[a], a) < std::pair(birthdates.values[b], b);
  });
  FullNames full(table);
  NameTable read;
  for (const std::uint32_t row : order) {
    if (read.size() % 4096 == 0) host.throw_if_cancelled();
    read.ids.push_back(ids[row]);
    read.dates.push_back(birthdates.values[row]);
    read.names.emplace_back(full.of(row));
    read.bytes.push_back(full.bytes());
  }
  return read;
}

// The rows [left_begin, left_end) and [right_begin, right_end) of two tables have one birthdate.
struct Block {
  std::size_t left_begin, left_end, right_begin, right_end;
};

// In order of the date. O(left + right).
[[nodiscard]] inline std::vector<Block> common_blocks(const NameTable& left, const NameTable& right) {
  const auto end_of = [](const NameTable& table, std::size_t begin) {
    std::size_t end = begin;
    while (end < table.size() && table.dates[end] == table.dates[begin]) ++end;
    return end;
  };
  std::vector<Block> blocks;
  std::size_t l = 0, r = 0;
  while (l < left.size() && r < right.size()) {
    if (left.dates[l] != right.dates[r]) {
      left.dates[l] < right.dates[r] ? ++l : ++r;
      continue;
    }
    blocks.push_back({l, end_of(left, l), r, end_of(right, r)});
    l = blocks.back().left_end;
    r = blocks.back().right_end;
  }
  return blocks;
}

}  // namespace assay::names
