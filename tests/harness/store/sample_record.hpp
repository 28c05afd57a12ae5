// An invented but complete record of one case, for tests of what is made of records.
#pragma once

#include "harness/store/record.hpp"

namespace assay::testing {

// Times of one arm: total = prepare + run, a fifth of it prepare.
struct ArmTimes {
  double total_ns = 0;
  double cpu_ns = 0;
};

// An ok case on `people-10k`: `launches` launches of 4 blocks in the orders BCKKCB and CBKKBC by turns (K: control).
// The control takes baseline * control_drift; `jitter` is the relative spread of candidate and control, laid out in a
// fixed pattern whose median is 0. No comparisons yet: cli::analyse makes them.
struct RecordShape {
  ArmTimes baseline{1e6, 1e6};
  ArmTimes candidate{1e6, 1e6};
  double control_drift = 1.0;
  double jitter = 0.001;
  std::uint32_t launches = 3;
};

[[nodiscard]] store::CaseRecord sample_record(const RecordShape& shape = {});

// The environment of a machine that tells everything.
[[nodiscard]] Json sample_environment();

}  // namespace assay::testing
