// The record of one measurement of the ladder, as JSON of schema assay-gpu-ladder/1.
#pragma once

#include <string>
#include <vector>

#include "matcher/gpu/device/record/machine.hpp"
#include "matcher/gpu/ladder/measurement.hpp"
#include "matcher/gpu/ladder/rates.hpp"

namespace matcher::gpu {

struct LadderRecord {
  MachineRecord machine;
  std::vector<OperationRate> rates;
  LadderOptions options;
  LadderResult result;
  std::string leaks;  // of the tracker at the end; empty: none
};

[[nodiscard]] std::string to_json(const LadderRecord& record);

}  // namespace matcher::gpu
