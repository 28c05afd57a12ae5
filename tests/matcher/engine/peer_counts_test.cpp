// The peer's clean benchmark data, replayed by index: the counts it reports are found again.
//
// Its generator draws names by index from lists whose entries differ after normalization, so any distinct texts stand
// for them. A, of N rows, is base (0.8 N) and copies of it; B is 0.5 N copies of base rows and fresh ones.
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <string>
#include <vector>

#include "matcher/engine/match_engine.hpp"
#include "matcher/model/persons_table.hpp"

namespace {

using namespace matcher;

class Generator {
 public:
  std::uint64_t next() { return state_ = state_ * 1664525 + 1013904223; }

 private:
  std::uint64_t state_ = 42;
};

struct Drawn {
  std::uint64_t first, last;
  int middle;  // -1: none
  std::int32_t days;
};

Drawn draw(Generator& generator) {
  Drawn row{};
  row.first = generator.next() % 78;
  row.middle = generator.next() % 3 == 0 ? static_cast<int>(generator.next() % 28) : -1;
  row.last = generator.next() % 64;
  const auto year = std::chrono::year(1950 + static_cast<int>(generator.next() % 61));
  const auto month = std::chrono::month(1 + static_cast<unsigned>(generator.next() % 12));
  const auto last_day = static_cast<unsigned>((year / month / std::chrono::last).day());
  const auto day = std::chrono::day(1 + static_cast<unsigned>(generator.next() % last_day));
  row.days = static_cast<std::int32_t>(std::chrono::sys_days(year / month / day).time_since_epoch().count());
  return row;
}

std::string text(std::uint64_t number) {
  return {static_cast<char>('a' + number / 26), static_cast<char>('a' + number % 26)};
}

PersonsTable table_of(const std::vector<Drawn>& rows) {
  PersonsTable table;
  for (const Drawn& row : rows) {
    table.id.push_back(static_cast<std::int64_t>(table.id.size()) + 1);
    table.first_name.append(text(row.first));
    row.middle < 0 ? table.middle_name.append_null()
                   : table.middle_name.append(text(static_cast<std::uint64_t>(row.middle)));
    table.last_name.append(text(row.last));
    table.birthdate.append(row.days);
  }
  return table;
}

std::array<std::size_t, 2> pair_counts(std::size_t rows) {
  Generator generator;
  std::vector<Drawn> base;
  for (std::size_t i = 0; i < rows * 8 / 10; ++i) base.push_back(draw(generator));
  std::vector<Drawn> left = base;
  while (left.size() < rows) left.push_back(base[generator.next() % base.size()]);
  std::vector<Drawn> right;
  while (right.size() < rows / 2) right.push_back(base[generator.next() % base.size()]);
  while (right.size() < rows) right.push_back(draw(generator));
  const PersonsTable left_table = table_of(left);
  const PersonsTable right_table = table_of(right);
  const auto count = [&](Algorithm algorithm) {
    return match_persons(left_table.view(), right_table.view(), {algorithm, 0.0, 2, {}}).value().size();
  };
  return {count(Algorithm::kA1), count(Algorithm::kA2)};
}

TEST(PeerCounts, Clean100K_AreThoseThePeerReports) {
  EXPECT_EQ(pair_counts(100'000), (std::array<std::size_t, 2>{63'001, 62'880}));
}

TEST(PeerCounts, Clean1M_AreThoseOfTheReplay) {
  EXPECT_EQ(pair_counts(1'000'000), (std::array<std::size_t, 2>{687'344, 676'757}));
}

}  // namespace
