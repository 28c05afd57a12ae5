// What a run has to do, worked out from its options: which forms of a row, which joins.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "matcher/blocking/blocking_key.hpp"
#include "matcher/engine/match_options.hpp"
#include "matcher/model/error.hpp"
#include "matcher/model/persons_view.hpp"

namespace matcher {

// Rows whose values of `left` and `right` are equal are candidates.
struct JoinPass {
  std::vector<KeyPart> left;
  std::vector<KeyPart> right;
};

// The forms of a row that are made once and kept.
struct Forms {
  bool parts = false;   // normal forms of first and last name
  bool middle = false;  // and of middle name
  bool full_name = false;
  bool with_middle = false;  // in the full name
  bool sound = false;        // of the full name
  bool key_sound = false;    // of the full name with middle name, for the key part `sound`

  [[nodiscard]] bool any() const { return parts || middle || full_name || sound || key_sound; }
};

struct MatchPlan {
  Forms forms;
  std::vector<JoinPass> passes;
  // The same pair may come up in several passes; it is looked at in the first.
  bool passes_overlap = false;
  double least_percent = 0.0;   // no score below it is of use
  double match_percent = 95.0;  // from here on a pair is a match, below for review
};

// Passes that rows can be divided for beforehand: pairs of any of them agree on this key too.
struct PassGroup {
  std::vector<KeyPart> left;
  std::vector<KeyPart> right;
  std::vector<std::size_t> passes;  // positions in MatchPlan::passes
};

// Every pass is in one group. Built-in joins are grouped by the part that comes first, a birthdate or a place; a key
// that the user gave is a group of its own.
[[nodiscard]] std::vector<PassGroup> pass_groups(const MatchPlan& plan, const MatchOptions& options);

// What a plan needs that makes nothing but the keys of such groups.
[[nodiscard]] Forms forms_of_groups(const std::vector<PassGroup>& groups);

// Errors: kBadInput if the algorithm or a key reads a column that one of the tables lacks.
[[nodiscard]] Status check_columns(const MatchOptions& options, const PersonsView& left, const PersonsView& right);

// Errors: kBadInput for options that contradict each other or are out of range, with what to do.
[[nodiscard]] Result<MatchPlan> make_plan(const MatchOptions& options);

}  // namespace matcher
