// Algorithms A5 and A6: from matched persons to matched households.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "matcher/engine/match.hpp"
#include "matcher/model/persons_view.hpp"
#include "matcher/parallel/stage_watch.hpp"

namespace matcher {

// Whose persons are counted, and whose household is the denominator.
enum class HouseholdSide : std::uint8_t { kLeft, kRight };

struct HouseholdMatch {
  std::string uuid;   // left household
  std::string hh_id;  // right household: hh_id, or the id (decimal, or the text id) where that is null
  float percent = 0.0F;

  friend bool operator==(const HouseholdMatch&, const HouseholdMatch&) = default;
};

// The household that a row belongs to: its uuid on the left, if it has one; on the right its hh_id, or else its id.
[[nodiscard]] std::optional<std::string> household_of(const PersonsView& table, std::size_t row, HouseholdSide side);

// Takes matches as they come, so that neither they nor the tables need be in memory. Call order: add_match* add_row*
// households.
class HouseholdRollUp {
 public:
  // row_count: of the table whose persons are counted.
  HouseholdRollUp(HouseholdSide side, std::size_t row_count) : side_(side), best_(row_count) {}

  // In the order of sorted_matches. Matches for review, and those without a left household, do not count.
  void add_match(const Match& match, const std::optional<std::string_view>& left_household,
                 std::string_view right_household);
  // Of every row of the table whose persons are counted.
  void add_row(std::string_view household);

  // About what this object takes.
  [[nodiscard]] std::uint64_t bytes() const;
  // Throws Cancelled.
  [[nodiscard]] std::vector<HouseholdMatch> households(const RunWatch& watch = {}) const;

 private:
  // Names as numbers.
  class Names {
   public:
    [[nodiscard]] std::uint32_t number(std::string_view name);
    [[nodiscard]] std::optional<std::uint32_t> find(const std::string& name) const;
    [[nodiscard]] const std::string& name(std::uint32_t number) const { return *names_[number]; }
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

   private:
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::vector<const std::string*> names_;  // keys of the map do not move
    std::uint64_t bytes_ = 0;
  };

  static constexpr std::uint32_t kNone = 0xffffffff;

  // The best partner household of one person so far.
  struct Best {
    float confidence = -1.0F;
    std::uint32_t own = kNone;
    std::uint32_t partner = kNone;
    bool tied = false;

    void offer(float offered, std::uint32_t own_household, std::uint32_t partner_household);
  };

  HouseholdSide side_;
  std::vector<Best> best_;  // by row
  Names own_;               // households whose persons are counted
  Names partners_;
  std::vector<std::uint32_t> sizes_;  // of the former
};

// Households of which more than half the persons are matched, by (uuid, hh_id) in byte order; docs/algorithms.md,
// "Households". matches: of A4, in the order of sorted_matches; those for review do not count. kLeft is A5, kRight A6.
// O(rows + matches) expected. Throws Cancelled.
[[nodiscard]] std::vector<HouseholdMatch> roll_up_households(std::span<const Match> matches, const PersonsView& left,
                                                             const PersonsView& right, HouseholdSide side,
                                                             const RunWatch& watch = {});

}  // namespace matcher
