// The bursts of the load generator: the same for the same seed, and as busy as asked for.
#include "tests/noise/regime.hpp"

#include <gtest/gtest.h>

namespace assay::noise {
namespace {

double busy_share(std::uint64_t seed, double duty) {
  Random random(seed);
  double work = 0;
  double all = 0;
  for (int i = 0; i < 20'000; ++i) {
    const Burst burst = next_burst(random, duty, 20'000'000);
    work += static_cast<double>(burst.work_ns);
    all += static_cast<double>(burst.work_ns + burst.rest_ns);
  }
  EXPECT_NEAR(work / 20'000, 20'000'000, 800'000);
  return work / all;
}

TEST(NextBurst, Duty_IsTheBusyShareOnAverage) {
  for (const double duty : {0.1, 0.3, 0.9}) EXPECT_NEAR(busy_share(7, duty), duty, 0.02);
}

TEST(NextBurst, FullDuty_NeverRests) {
  Random random(3);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(next_burst(random, 1.0, 1'000'000).rest_ns, 0);
}

TEST(NextBurst, SameSeed_SameBursts) {
  Random first(42);
  Random second(42);
  Random other(43);
  bool differs = false;
  for (int i = 0; i < 100; ++i) {
    const Burst burst = next_burst(first, 0.5, 1'000'000);
    const Burst same = next_burst(second, 0.5, 1'000'000);
    EXPECT_EQ(burst.work_ns, same.work_ns);
    EXPECT_EQ(burst.rest_ns, same.rest_ns);
    differs = differs || next_burst(other, 0.5, 1'000'000).work_ns != burst.work_ns;
  }
  EXPECT_TRUE(differs);
}

TEST(Random, FirstNumbersOfSeedZero_AreThoseOfThePaper) {
  Random random(0);
  EXPECT_EQ(random.next(), 0xe220a8397b1dcdafULL);
  EXPECT_EQ(random.next(), 0x6e789e6aa1b965f4ULL);
}

}  // namespace
}  // namespace assay::noise
