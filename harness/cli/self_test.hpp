// A/A on a fixed loop: what this machine, as it is now, could tell apart.
#pragma once

#include <optional>

#include "harness/core/json.hpp"
#include "harness/measure/clock.hpp"

namespace assay::cli {

struct SelfTest {
  std::size_t pairs = 0;
  double sample_ns = 0;                             // median of one sample
  double spread = 0;                                // of one sample: 1.4826 * MAD / median
  double ratio = 1;                                 // of the loop to itself, in pairs; should be 1
  double sigma = 0;                                 // of one log ratio
  std::optional<double> minimum_detectable_effect;  // with these pairs and the floor of the margin
};

// 30 pairs of 5 ms samples of one loop, in mirrored order, on the last CPU this process may use: a third of a second.
[[nodiscard]] Result<SelfTest> run_self_test(measure::Clock& clock);

[[nodiscard]] Json to_json(const SelfTest& test);

}  // namespace assay::cli
