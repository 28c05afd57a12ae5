// Which clock a worker reads: decided when the program is linked, never by an option.
#pragma once

#include <memory>

#include "harness/isolate/protocol.hpp"
#include "harness/measure/clock.hpp"

namespace assay::worker {

// assay-worker: the system's clock (clock_choice.cpp). assay-worker-simulated, which only tests build: invented times
// (tests/harness/worker/simulated_readings.cpp).
[[nodiscard]] std::unique_ptr<measure::Clock> make_clock(const isolate::WorkerTask& task);

}  // namespace assay::worker
