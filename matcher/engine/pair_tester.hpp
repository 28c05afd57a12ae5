// Decides whether two prepared rows match; one per lane, as it owns working memory.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "matcher/engine/match.hpp"
#include "matcher/engine/match_options.hpp"
#include "matcher/engine/match_plan.hpp"
#include "matcher/engine/prepared_table.hpp"
#include "matcher/rules/case_rule.hpp"
#include "matcher/rules/full_name.hpp"

namespace matcher {

class PairTester {
 public:
  // All must outlive the object. The tables were prepared by the same plan.
  PairTester(const PreparedTable& left, const PreparedTable& right, const MatchPlan& plan, const MatchOptions& options)
      : left_(left),
        right_(right),
        plan_(plan),
        options_(options),
        reads_parts_(plan.forms.parts || is_exact(options.algorithm)) {}

  // The whole definition of the algorithm on two rows, whatever made them candidates; nothing if the pair is not
  // accepted or scores below plan.least_percent.
  [[nodiscard]] std::optional<Match> test(std::uint32_t left_row, std::uint32_t right_row);

  // Start loading what test will read: first where texts lie, a while later the texts.
  void prefetch_places(std::uint32_t left_row, std::uint32_t right_row) const {
    prefetch_places(left_, left_row);
    prefetch_places(right_, right_row);
  }
  void prefetch_texts(std::uint32_t left_row, std::uint32_t right_row) const {
    prefetch_texts(left_, left_row);
    prefetch_texts(right_, right_row);
  }

 private:
  void prefetch_places(const PreparedTable& table, std::uint32_t row) const {
    __builtin_prefetch(table.view.birthdate.days + row);
    if (plan_.forms.full_name) {
      table.full_name.prefetch_place(row);
      __builtin_prefetch(table.letters.data() + row);
    }
    if (plan_.forms.sound) __builtin_prefetch(table.sounds.data() + row);
    if (!reads_parts_) return;
    table.first.prefetch_place(row);
    table.last.prefetch_place(row);
  }
  void prefetch_texts(const PreparedTable& table, std::uint32_t row) const {
    if (plan_.forms.full_name) table.full_name.prefetch_text(row);
    if (!reads_parts_) return;
    table.first.prefetch_text(row);
    table.last.prefetch_text(row);
  }

  [[nodiscard]] bool dates_pass(std::size_t left_row, std::size_t right_row, DateTest test) const;
  [[nodiscard]] std::optional<Match> test_names(std::size_t left_row, std::size_t right_row);
  [[nodiscard]] std::optional<Match> test_tiers(std::size_t left_row, std::size_t right_row);
  [[nodiscard]] std::optional<Match> test_max3(std::size_t left_row, std::size_t right_row);
  [[nodiscard]] std::optional<Match> test_weighted(std::size_t left_row, std::size_t right_row);
  [[nodiscard]] bool test_equality(std::size_t left_row, std::size_t right_row);
  [[nodiscard]] bool parts_agree(PartForms PreparedTable::*part, std::size_t left_row, std::size_t right_row,
                                 bool nulls_agree);
  [[nodiscard]] bool middles_agree(std::size_t left_row, std::size_t right_row);
  [[nodiscard]] bool places_agree(std::size_t left_row, std::size_t right_row);

  [[nodiscard]] bool cannot_reach(std::string_view left, std::string_view right, std::size_t left_row,
                                  std::size_t right_row, bool same_sound) const;
  [[nodiscard]] bool same_sound(std::size_t left_row, std::size_t right_row);
  [[nodiscard]] std::optional<CaseMatch> apply_rule(std::string_view left, std::string_view right, bool same_sound);
  [[nodiscard]] bool parts_are_close(std::size_t left_row, std::size_t right_row);
  [[nodiscard]] bool part_is_close(PartForms PreparedTable::*part, std::size_t left_row, std::size_t right_row);
  [[nodiscard]] double part_percent(std::string_view left, std::string_view right);
  [[nodiscard]] bool fulls_present(std::size_t left_row, std::size_t right_row);

  const PreparedTable& left_;
  const PreparedTable& right_;
  const MatchPlan& plan_;
  const MatchOptions& options_;
  bool reads_parts_;
  BitParallelScorer scorer_;
  NameBuffers left_buffers_;
  NameBuffers right_buffers_;
  std::u32string left_scalars_;
  std::u32string right_scalars_;
};

}  // namespace matcher
