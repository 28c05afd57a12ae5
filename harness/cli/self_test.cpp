#include "harness/cli/self_test.hpp"

#include <sched.h>

#include <vector>

#include "harness/measure/machine_noise.hpp"
#include "harness/stats/margin.hpp"
#include "harness/stats/paired.hpp"
#include "harness/stats/quantile.hpp"

namespace assay::cli {
namespace {

constexpr std::size_t kPairs = 30;
constexpr std::int64_t kSampleNs = 5'000'000;  // as in experiment.cpp

// Runs on one CPU while it lives, as workers do.
class PinnedToLast {
 public:
  PinnedToLast() {
    const std::vector<int> cpus = measure::allowed_cpus();
    if (cpus.empty() || ::sched_getaffinity(0, sizeof before_, &before_) != 0) return;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<unsigned>(cpus.back()), &one);
    pinned_ = ::sched_setaffinity(0, sizeof one, &one) == 0;
  }
  PinnedToLast(const PinnedToLast&) = delete;
  PinnedToLast& operator=(const PinnedToLast&) = delete;
  ~PinnedToLast() {
    if (pinned_) ::sched_setaffinity(0, sizeof before_, &before_);
  }

 private:
  cpu_set_t before_{};
  bool pinned_ = false;
};

std::int64_t time_loop(measure::Clock& clock, std::int64_t rounds) {
  volatile std::uint64_t sink = 0;
  std::uint64_t value = 1;
  const std::int64_t begin = clock.wall_ns();
  for (std::int64_t i = 0; i < rounds; ++i) {  // xorshift64 (Marsaglia 2003): each step waits for the last
    value ^= value << 13;
    value ^= value >> 7;
    value ^= value << 17;
  }
  sink = value;
  static_cast<void>(sink);
  return clock.wall_ns() - begin;
}

std::int64_t rounds_for(measure::Clock& clock, std::int64_t wanted_ns) {
  std::int64_t rounds = 1024;
  while (rounds < (std::int64_t{1} << 40) && time_loop(clock, rounds) < wanted_ns) rounds *= 2;
  return rounds;
}

}  // namespace

Result<SelfTest> run_self_test(measure::Clock& clock) {
  const PinnedToLast pinned;
  const std::int64_t rounds = rounds_for(clock, kSampleNs);
  std::vector<double> first;
  std::vector<double> second;
  for (std::size_t i = 0; i < kPairs; ++i) {
    const bool swapped = i % 2 == 1;  // ABBA
    for (const bool of_second : {swapped, !swapped}) {
      const auto sample = static_cast<double>(std::max<std::int64_t>(1, time_loop(clock, rounds)));
      (of_second ? second : first).push_back(sample);
    }
  }
  ASSAY_TRY(const std::vector<double> ratios, stats::log_ratios(first, second));
  const auto paired = stats::compare_pairs(ratios, stats::kMarginFloor);
  std::vector<double> all = first;
  all.insert(all.end(), second.begin(), second.end());
  SelfTest test;
  test.pairs = ratios.size();
  test.sample_ns = stats::median(all).value_or(0);
  test.spread = stats::kMadToSigma * stats::median_absolute_deviation(all).value_or(0) / test.sample_ns;
  test.ratio = paired->ratio;
  test.sigma = paired->sigma.value_or(0);
  test.minimum_detectable_effect = paired->minimum_detectable_effect;
  return test;
}

Json to_json(const SelfTest& test) {
  return {{"pairs", test.pairs},   {"sample_ns", test.sample_ns},
          {"spread", test.spread}, {"ratio", test.ratio},
          {"sigma", test.sigma},   {"minimum_detectable_effect", or_null(test.minimum_detectable_effect)}};
}

}  // namespace assay::cli
