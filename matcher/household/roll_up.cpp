// Rolls person matches up to households.
#include "matcher/household/roll_up.hpp"

#include <limits>
#include <map>
#include <utility>

namespace matcher {
namespace {

constexpr float kLeastPercent = 50.0F;  // exclusive
// What a name takes beside its letters: two nodes' worth of the map, its place in the list, its size.
constexpr std::uint64_t kBytesPerName = 96;

}  // namespace

std::optional<std::string> household_of(const PersonsView& table, std::size_t row, HouseholdSide side) {
  const TextColumn& column = side == HouseholdSide::kLeft ? table.uuid : table.hh_id;
  if (column.valid(row)) return std::string(column[row]);
  if (side == HouseholdSide::kLeft) return std::nullopt;
  return table.text_id.is_absent() ? std::to_string(table.id[row]) : std::string(table.text_id.text_or_empty(row));
}

std::uint32_t HouseholdRollUp::Names::number(std::string_view name) {
  const auto [found, is_new] = numbers_.try_emplace(std::string(name), static_cast<std::uint32_t>(names_.size()));
  if (is_new) {
    names_.push_back(&found->first);
    bytes_ += kBytesPerName + name.size();
  }
  return found->second;
}

std::optional<std::uint32_t> HouseholdRollUp::Names::find(const std::string& name) const {
  const auto found = numbers_.find(name);
  return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

void HouseholdRollUp::Best::offer(float offered, std::uint32_t own_household, std::uint32_t partner_household) {
  if (offered > confidence) {
    *this = {offered, own_household, partner_household, false};
  } else if (confidence - offered <= std::numeric_limits<float>::epsilon() && partner_household != partner) {
    tied = true;
  }
}

void HouseholdRollUp::add_match(const Match& match, const std::optional<std::string_view>& left_household,
                                std::string_view right_household) {
  if (match.for_review || !left_household) return;
  const auto confidence = static_cast<float>(match.score / 100.0);
  const bool by_left = side_ == HouseholdSide::kLeft;
  // Matches come by left id, then right id: a person's pairs in order of the partner's id on either side.
  best_[by_left ? match.left_row : match.right_row].offer(
      confidence, own_.number(by_left ? *left_household : right_household),
      partners_.number(by_left ? right_household : *left_household));
}

void HouseholdRollUp::add_row(std::string_view household) {
  const auto number = own_.find(std::string(household));
  if (!number) return;
  if (sizes_.size() <= *number) sizes_.resize(*number + 1);
  ++sizes_[*number];
}

std::uint64_t HouseholdRollUp::bytes() const {
  return best_.size() * sizeof(Best) + own_.bytes() + partners_.bytes();
}

std::vector<HouseholdMatch> HouseholdRollUp::households(const RunWatch& watch) const {
  StageWatch stage("count households", best_.size(), watch);
  const bool by_left = side_ == HouseholdSide::kLeft;
  std::map<std::pair<std::string_view, std::string_view>, std::pair<std::uint32_t, std::uint32_t>> counted;
  for (const Best& person : best_) {
    stage.tick();
    if (person.own == kNone || person.tied) continue;
    const std::string_view own = own_.name(person.own);
    const std::string_view partner = partners_.name(person.partner);
    auto& [matched, total] = by_left ? counted[{own, partner}] : counted[{partner, own}];
    ++matched;
    total = sizes_[person.own];
  }
  std::vector<HouseholdMatch> households;
  for (const auto& [names, counts] : counted) {
    const float percent = static_cast<float>(counts.first) / static_cast<float>(counts.second) * 100.0F;
    if (percent > kLeastPercent) households.push_back({std::string(names.first), std::string(names.second), percent});
  }
  return households;
}

std::vector<HouseholdMatch> roll_up_households(std::span<const Match> matches, const PersonsView& left,
                                               const PersonsView& right, HouseholdSide side, const RunWatch& watch) {
  const PersonsView& counted = side == HouseholdSide::kLeft ? left : right;
  StageWatch stage("roll up", matches.size() + counted.row_count, watch);
  HouseholdRollUp roll_up(side, counted.row_count);
  for (const Match& match : matches) {
    stage.tick();
    roll_up.add_match(match, household_of(left, match.left_row, HouseholdSide::kLeft),
                      *household_of(right, match.right_row, HouseholdSide::kRight));
  }
  for (std::size_t row = 0; row < counted.row_count; ++row) {
    stage.tick();
    if (const auto household = household_of(counted, row, side)) roll_up.add_row(*household);
  }
  return roll_up.households(watch);
}

}  // namespace matcher
