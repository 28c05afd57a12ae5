// Warm-up by rule: samples that are thrown away until the arms of a launch have become steady.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "harness/stats/warm_up.hpp"
#include "harness/store/record.hpp"

namespace assay::cli {

// Takes one time of each arm a round. Legal order: (add+ state)*.
class Settling {
 public:
  static constexpr std::size_t kArms = 3;  // baseline, candidate, control

  void add(std::size_t arm, double seconds) { times_[arm].push_back(seconds); }
  [[nodiscard]] std::size_t rounds() const { return times_[0].size(); }

  // Of all arms together: kWarming while one of them is, so that all get the same number of samples; then
  // kNoSteadyState if one has none. Under noise that is said of steady programs too: it is about the samples.
  [[nodiscard]] stats::WarmUpState state() const;

 private:
  std::array<std::vector<double>, kArms> times_;
};

// For further launches of a case: the third of the first one's samples that the rule found to be warm-up; none where
// there is no steady state to wait for.
[[nodiscard]] std::size_t rounds_to_take(const store::WarmUpRecord& judged);

}  // namespace assay::cli
