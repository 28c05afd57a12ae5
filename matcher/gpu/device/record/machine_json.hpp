// How records name the machine: gpus, cuda_driver, cuda_runtime, driver, before, after (reports/schema).
#pragma once

#include <nlohmann/json.hpp>

#include "matcher/gpu/device/record/machine.hpp"

namespace matcher::gpu {

// An object with these six; what is not known is null.
[[nodiscard]] nlohmann::json machine_json(const MachineRecord& machine);

}  // namespace matcher::gpu
