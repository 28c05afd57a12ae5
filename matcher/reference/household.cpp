// The household roll-up, step by step.
#include "matcher/reference/household.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace matcher::reference {
namespace {

// A pair of persons as one of them sees it.
struct Link {
  std::pair<std::int64_t, std::size_t> other;  // id and row of the other person
  float confidence = 0.0F;
  std::string uuid;
  std::string household;
};

std::string right_household(const Person& person) {
  return person.hh_id.value_or(std::to_string(person.id));
}

// By row of the person that counts: left in A5, right in A6.
std::map<std::size_t, std::vector<Link>> links_by_person(std::span<const Person> left, std::span<const Person> right,
                                                         std::span<const Match> pairs, HouseholdAlgorithm algorithm) {
  std::map<std::size_t, std::vector<Link>> links;
  for (const Match& m : pairs) {
    if (m.decision != Decision::kMatch || !left[m.left_row].uuid) continue;
    const bool is_a5 = algorithm == HouseholdAlgorithm::kA5;
    Link link{.other = is_a5 ? std::pair(m.right_id, m.right_row) : std::pair(m.left_id, m.left_row),
              .confidence = static_cast<float>(m.score / 100.0),
              .uuid = *left[m.left_row].uuid,
              .household = right_household(right[m.right_row])};
    links[is_a5 ? m.left_row : m.right_row].push_back(std::move(link));
  }
  return links;
}

// The link that counts for one person; nullopt if two households tie.
std::optional<Link> best_link(std::vector<Link> links, HouseholdAlgorithm algorithm) {
  std::sort(links.begin(), links.end(), [](const Link& a, const Link& b) { return a.other < b.other; });
  const auto side = [algorithm](const Link& link) {
    return algorithm == HouseholdAlgorithm::kA5 ? link.household : link.uuid;
  };
  const float epsilon = std::ldexp(1.0F, -23);
  Link best = links.front();
  bool is_tied = false;
  for (const Link& link : links) {
    if (link.confidence > best.confidence) {
      best = link;
      is_tied = false;
    } else if (best.confidence - link.confidence <= epsilon && side(link) != side(best)) {
      is_tied = true;
    }
  }
  return is_tied ? std::nullopt : std::optional(best);
}

std::size_t total_rows(std::span<const Person> left, std::span<const Person> right, const HouseholdMatch& found,
                       HouseholdAlgorithm algorithm) {
  const auto in_left = [&](const Person& p) { return p.uuid == found.uuid; };
  const auto in_right = [&](const Person& p) { return right_household(p) == found.household; };
  const auto count = algorithm == HouseholdAlgorithm::kA5 ? std::count_if(left.begin(), left.end(), in_left)
                                                          : std::count_if(right.begin(), right.end(), in_right);
  return static_cast<std::size_t>(count);
}

}  // namespace

std::optional<std::vector<HouseholdMatch>> match_households(std::span<const Person> left, std::span<const Person> right,
                                                            const MatchOptions& options, HouseholdAlgorithm algorithm) {
  MatchOptions persons = options;
  persons.algorithm = Algorithm::kA4;
  const auto pairs = match(left, right, persons);
  if (!pairs) return std::nullopt;
  return roll_up_households(left, right, *pairs, algorithm);
}

std::vector<HouseholdMatch> roll_up_households(std::span<const Person> left, std::span<const Person> right,
                                               std::span<const Match> pairs, HouseholdAlgorithm algorithm) {
  std::map<std::pair<std::string, std::string>, std::size_t> matched;
  for (const auto& [person, links] : links_by_person(left, right, pairs, algorithm)) {
    const std::optional<Link> best = best_link(links, algorithm);
    if (best) ++matched[{best->uuid, best->household}];
  }
  std::vector<HouseholdMatch> result;
  for (const auto& [names, count] : matched) {
    HouseholdMatch found{.uuid = names.first, .household = names.second, .matched = count};
    found.total = total_rows(left, right, found, algorithm);
    found.percent = static_cast<float>(count) / static_cast<float>(found.total) * 100.0F;
    if (!(found.percent > 50.0F)) continue;
    found.number = result.size() + 1;
    result.push_back(found);
  }
  return result;
}

}  // namespace matcher::reference
