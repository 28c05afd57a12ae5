// Rolls person matches up to households.
#include "matcher/household/roll_up.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

namespace matcher {
namespace {

constexpr float kLeastPercent = 50.0F;  // exclusive

// Households of one table as numbers.
class Households {
 public:
  [[nodiscard]] std::uint32_t number(std::string name) {
    const auto [found, is_new] = numbers_.try_emplace(std::move(name), static_cast<std::uint32_t>(names_.size()));
    if (is_new) names_.push_back(&found->first);
    return found->second;
  }
  [[nodiscard]] const std::string& name(std::uint32_t number) const { return *names_[number]; }
  [[nodiscard]] std::size_t count() const { return names_.size(); }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<const std::string*> names_;  // keys of the map do not move
};

constexpr std::uint32_t kNoHousehold = std::numeric_limits<std::uint32_t>::max();

struct Grouped {
  Households households;
  std::vector<std::uint32_t> of_row;
  std::vector<std::uint32_t> sizes;  // by household
};

// The right household of a row without hh_id: a household of its own.
std::string own_id(const PersonsView& table, std::size_t row) {
  return table.text_id.is_absent() ? std::to_string(table.id[row]) : std::string(table.text_id.text_or_empty(row));
}

Grouped group(const PersonsView& table, HouseholdSide side) {
  Grouped grouped;
  grouped.of_row.reserve(table.row_count);
  for (std::size_t row = 0; row < table.row_count; ++row) {
    const TextColumn& column = side == HouseholdSide::kLeft ? table.uuid : table.hh_id;
    if (!column.valid(row) && side == HouseholdSide::kLeft) {
      grouped.of_row.push_back(kNoHousehold);
      continue;
    }
    const std::uint32_t household =
        grouped.households.number(column.valid(row) ? std::string(column[row]) : own_id(table, row));
    grouped.of_row.push_back(household);
    grouped.sizes.resize(grouped.households.count());
    ++grouped.sizes[household];
  }
  return grouped;
}

// The best partner household of one person so far.
struct Best {
  float confidence = -1.0F;
  std::uint32_t own = kNoHousehold;
  std::uint32_t partner = kNoHousehold;
  bool tied = false;

  void offer(float offered, std::uint32_t own_household, std::uint32_t partner_household) {
    if (offered > confidence) {
      *this = {offered, own_household, partner_household, false};
    } else if (confidence - offered <= std::numeric_limits<float>::epsilon() && partner_household != partner) {
      tied = true;
    }
  }
};

}  // namespace

std::vector<HouseholdMatch> roll_up_households(std::span<const Match> matches, const PersonsView& left,
                                               const PersonsView& right, HouseholdSide side) {
  const Grouped lefts = group(left, HouseholdSide::kLeft);
  const Grouped rights = group(right, HouseholdSide::kRight);
  const bool by_left = side == HouseholdSide::kLeft;
  // Matches come by left id, then right id: a person's pairs in order of the partner's id on either side.
  std::vector<Best> best(by_left ? left.row_count : right.row_count);
  for (const Match& match : matches) {
    const std::uint32_t left_household = lefts.of_row[match.left_row];
    if (match.for_review || left_household == kNoHousehold) continue;
    const std::uint32_t right_household = rights.of_row[match.right_row];
    const auto confidence = static_cast<float>(match.score / 100.0);
    if (by_left) {
      best[match.left_row].offer(confidence, left_household, right_household);
    } else {
      best[match.right_row].offer(confidence, right_household, left_household);
    }
  }
  std::map<std::pair<std::string_view, std::string_view>, std::pair<std::uint32_t, std::uint32_t>> counted;
  for (const Best& person : best) {
    if (person.own == kNoHousehold || person.tied) continue;
    const std::uint32_t left_household = by_left ? person.own : person.partner;
    const std::uint32_t right_household = by_left ? person.partner : person.own;
    auto& [matched, total] = counted[{lefts.households.name(left_household), rights.households.name(right_household)}];
    ++matched;
    total = by_left ? lefts.sizes[left_household] : rights.sizes[right_household];
  }
  std::vector<HouseholdMatch> households;
  for (const auto& [names, counts] : counted) {
    const float percent = static_cast<float>(counts.first) / static_cast<float>(counts.second) * 100.0F;
    if (percent > kLeastPercent) households.push_back({std::string(names.first), std::string(names.second), percent});
  }
  return households;
}

}  // namespace matcher
