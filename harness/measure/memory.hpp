// Memory of this process: resident set and its peak from the kernel, allocations from the preloaded counter.
#pragma once

#include <cstdint>
#include <optional>

#include "harness/measure/malloc_counts.h"

namespace assay::measure {

struct ResidentMemory {
  std::int64_t now_bytes = 0;
  std::int64_t peak_bytes = 0;
};

// VmRSS and VmHWM of /proc/self/status. nullopt if the kernel does not say.
[[nodiscard]] std::optional<ResidentMemory> read_resident();

// Restarts the peak from the present size (writes 5 to /proc/self/clear_refs). False if the kernel refuses.
[[nodiscard]] bool reset_resident_peak();

// nullopt unless the malloc counter is preloaded and the process allocates through it.
[[nodiscard]] std::optional<assay_malloc_counts> read_malloc_counts();
void reset_malloc_counts();

}  // namespace assay::measure
