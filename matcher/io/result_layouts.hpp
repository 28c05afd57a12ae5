// Which columns a result has, whatever it is written into.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "matcher/engine/match.hpp"
#include "matcher/household/roll_up.hpp"
#include "matcher/io/table_sink.hpp"
#include "matcher/model/algorithm.hpp"
#include "matcher/model/error.hpp"
#include "matcher/model/persons_view.hpp"
#include "matcher/resolution/clusters.hpp"

namespace matcher {

enum class MatchLayout : std::uint8_t {
  kPairs,  // left_id, right_id, score (percent), case, decision (match or review)
  kPeer,   // the audited program's: both persons, is_matched_..., Confidence (0 to 1), MatchedFields
};
inline constexpr std::array<std::string_view, 2> kMatchLayoutNames = {"pairs", "peer"};

[[nodiscard]] std::vector<Column> match_columns(MatchLayout layout, Algorithm algorithm, const PersonsView& left,
                                                const PersonsView& right);

// Writes matches as rows; not begin, not finish. One per thread, as it owns working memory.
class MatchRows {
 public:
  MatchRows(MatchLayout layout, Algorithm algorithm) : layout_(layout), algorithm_(algorithm) {}

  // The cells of one match; valid until the next call and as long as the tables.
  [[nodiscard]] std::span<const Cell> cells(const Match& match, const PersonsView& left, const PersonsView& right);

 private:
  void add_person(const PersonsView& table, std::size_t row);
  void add_peer_cells(const Match& match, const PersonsView& left, const PersonsView& right);

  MatchLayout layout_;
  Algorithm algorithm_;
  std::vector<Cell> cells_;
  std::array<std::string, 2> dates_;
  std::string fields_;
};

// begin, all rows, finish. Errors: those of the sink.
[[nodiscard]] Status write_matches(TableSink& sink, MatchLayout layout, Algorithm algorithm,
                                   std::span<const Match> matches, const PersonsView& left, const PersonsView& right);

// id (from 1), uuid, hh_id, match_percentage, region_code, poor_hat_0, poor_hat_10 (always empty), as the audited
// program.
[[nodiscard]] Status write_households(TableSink& sink, std::span<const HouseholdMatch> households);

// id, cluster_id (from 1), cluster_size: one row per person, in the order of the table.
[[nodiscard]] Status write_cluster_members(TableSink& sink, const Clusters& clusters, const PersonsView& table);

// cluster_id, left_id, right_id: members of one cluster that do not match each other.
[[nodiscard]] Status write_conflicts(TableSink& sink, const Clusters& clusters, std::span<const RowPair> conflicts,
                                     const PersonsView& table);

// What the source calls a row.
[[nodiscard]] Cell id_cell(const PersonsView& table, std::size_t row);

}  // namespace matcher
