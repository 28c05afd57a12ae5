#include "harness/worker/clock_choice.hpp"

namespace assay::worker {

std::unique_ptr<measure::Clock> make_clock(const isolate::WorkerTask& /*task*/) {
  return std::make_unique<measure::SystemClock>();
}

}  // namespace assay::worker
