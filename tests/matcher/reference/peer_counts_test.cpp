// The audited matcher's own benchmark data, clean, 100,000 rows a side: the two pair counts that it reports.
#include <gtest/gtest.h>

#include <map>

#include "tests/matcher/reference/persons.hpp"

namespace {

using namespace matcher::reference;
using namespace reference_test;

constexpr std::size_t kRows = 100'000;

// Draws are the states of a linear congruential generator modulo 2^64, remainders of them are the choices.
class PeerGenerator {
 public:
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }

  // Names by their place in the peer's lists: only which of them are equal matters, and no two of a list are.
  Person fresh() {
    Person p;
    p.first = "f" + std::to_string(below(78));
    if (below(3) == 0) p.middle = "m" + std::to_string(below(28));
    p.last = "l" + std::to_string(below(64));
    const std::chrono::year year(1950 + static_cast<int>(below(61)));
    const std::chrono::month month(1 + static_cast<unsigned>(below(12)));
    const auto last_day =
        static_cast<unsigned>(std::chrono::year_month_day_last(year / month / std::chrono::last).day());
    p.birthdate_days =
        date(static_cast<int>(year), static_cast<unsigned>(month), 1 + static_cast<unsigned>(below(last_day)));
    return p;
  }

 private:
  std::uint64_t next() { return state_ = state_ * 1664525 + 1013904223; }

  std::uint64_t state_ = 42;
};

struct Tables {
  std::vector<Person> left;
  std::vector<Person> right;
};

// Left: a base of 80 % and copies out of it. Right: half copies out of the base, half fresh.
Tables peer_tables() {
  PeerGenerator generator;
  std::vector<Person> base(kRows * 8 / 10);
  for (Person& p : base) p = generator.fresh();
  Tables tables{base, {}};
  while (tables.left.size() < kRows) tables.left.push_back(base[generator.below(base.size())]);
  while (tables.right.size() < kRows / 2) tables.right.push_back(base[generator.below(base.size())]);
  while (tables.right.size() < kRows) tables.right.push_back(generator.fresh());
  return tables;
}

// Only equal birthdates can match: one run for each, instead of 10^10 comparisons.
std::size_t pair_count(const Tables& tables, Algorithm algorithm) {
  std::map<std::int32_t, Tables> by_birthdate;
  for (const Person& p : tables.left) by_birthdate[*p.birthdate_days].left.push_back(p);
  for (const Person& p : tables.right) by_birthdate[*p.birthdate_days].right.push_back(p);
  std::size_t count = 0;
  for (const auto& [birthdate, same] : by_birthdate) count += matches(same.left, same.right, all_of(algorithm)).size();
  return count;
}

TEST(PeerCounts, CleanBenchmarkData_HasThePeersPairs) {
  const Tables tables = peer_tables();
  EXPECT_EQ(pair_count(tables, Algorithm::kA1), 63'001U);
  EXPECT_EQ(pair_count(tables, Algorithm::kA2), 62'880U);
}

}  // namespace
