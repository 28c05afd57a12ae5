#include "harness/cli/settling.hpp"

namespace assay::cli {

using stats::WarmUpState;

WarmUpState Settling::state() const {
  WarmUpState all = WarmUpState::kSteady;
  for (const std::vector<double>& times : times_) {
    const WarmUpState one = stats::judge_warm_up(times).state;
    if (one == WarmUpState::kWarming) return one;
    if (one == WarmUpState::kNoSteadyState) all = one;
  }
  return all;
}

std::size_t rounds_to_take(const store::WarmUpRecord& judged) {
  return judged.state == to_string(WarmUpState::kSteady) ? judged.samples / 3 : 0;
}

}  // namespace assay::cli
