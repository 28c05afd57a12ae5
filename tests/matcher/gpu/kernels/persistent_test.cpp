// The kernel that stays: it takes what the host sends while it runs, reads nothing before it is said to be there, and
// ends by itself when the host sends no more.
#include <gtest/gtest.h>

#include <algorithm>

#include "matcher/gpu/kernels/catalog.hpp"
#include "matcher/gpu/layout/pairs.hpp"
#include "tests/matcher/gpu/kernels/random_names.hpp"

namespace matcher::gpu {
namespace {

constexpr PackedParts kNotWritten = 0xffffffffU;
constexpr std::uint32_t kRangePairs = 48;
constexpr std::uint64_t kPatience = 20'000;

// A queue over random pairs, of which `arrived` has those that the host has sent so far.
class Persistent : public testing::Test {
 protected:
  Persistent() {
    const NameTables tables = random_names({60, 64, 9}, 40);
    const Alphabet alphabet = Alphabet::of(tables.left, tables.right);
    const std::vector<RowPair> list = random_pairs(tables, 500, 40);
    for (const RowPair& pair : list)
      expected.push_back(expected_parts(tables.left[pair.left], tables.right[pair.right]));
    records = audited_pairs(tables.left, tables.right, list, alphabet);
    arrived.resize(records.size());
    scores.assign(records.size(), kNotWritten);
    done.assign((records.size() + kRangePairs - 1) / kRangePairs, 0);
  }

  void publish_one() {
    if (published == done.size()) return;
    const std::size_t begin = std::size_t{published} * kRangePairs;
    const std::size_t end = std::min(begin + kRangePairs, records.size());
    std::copy(records.begin() + static_cast<std::ptrdiff_t>(begin), records.begin() + static_cast<std::ptrdiff_t>(end),
              arrived.begin() + static_cast<std::ptrdiff_t>(begin));
    ++published;
  }

  void launch_persistent(const std::function<void()>& while_asleep) {
    emulator::EmulatorOptions options = shuffled();
    options.while_asleep = while_asleep;
    taken = 0;
    const WorkQueue queue{&taken,      &published, done.data(), static_cast<std::uint32_t>(done.size()),
                          kRangePairs, kPatience};
    emulator::run_grid(
        {3}, {64}, 0,
        [&] {
          fused_persistent()({arrived.data(), static_cast<std::uint32_t>(arrived.size())}, {scores.data()}, queue);
        },
        options);
  }

  std::vector<AuditedPair> records, arrived;
  std::vector<PackedParts> expected, scores;
  std::vector<std::uint32_t> done;
  std::uint32_t taken = 0;
  std::uint32_t published = 0;
};

TEST_F(Persistent, EverythingThereAtFirst_IsScoredOnce) {
  while (published < done.size()) publish_one();
  int slept = 0;
  launch_persistent([&] { ++slept; });
  EXPECT_EQ(scores, expected);
  EXPECT_EQ(std::ranges::count(done, 1U), static_cast<std::ptrdiff_t>(done.size()));
  EXPECT_EQ(slept, 0);
}

TEST_F(Persistent, RangesSentWhileItRuns_AreWaitedForAndScored) {
  int slept = 0;
  launch_persistent([&] {
    if (++slept % 3 == 0) publish_one();
  });
  EXPECT_EQ(scores, expected);
  EXPECT_EQ(std::ranges::count(done, 1U), static_cast<std::ptrdiff_t>(done.size()));
  EXPECT_GT(slept, 10);
}

TEST_F(Persistent, HostThatSendsNoMore_EndsItAndAnotherLaunchDoesTheRest) {
  for (int i = 0; i < 4; ++i) publish_one();
  launch_persistent({});
  const std::size_t sent = std::size_t{4} * kRangePairs;
  EXPECT_TRUE(std::equal(scores.begin(), scores.begin() + sent, expected.begin()));
  EXPECT_EQ(std::count(scores.begin() + sent, scores.end(), kNotWritten),
            static_cast<std::ptrdiff_t>(scores.size() - sent));
  EXPECT_EQ(std::ranges::count(done, 1U), 4);

  while (published < done.size()) publish_one();
  std::fill_n(scores.begin(), kRangePairs, kNotWritten);  // done: not scored again
  launch_persistent({});
  EXPECT_EQ(std::count(scores.begin(), scores.begin() + kRangePairs, kNotWritten), kRangePairs);
  EXPECT_TRUE(std::equal(scores.begin() + kRangePairs, scores.end(), expected.begin() + kRangePairs));
}

}  // namespace
}  // namespace matcher::gpu
