// What disturbed a sample: time in the run queue, context switches, page faults of this process.
#pragma once

#include <cstdint>
#include <optional>

namespace assay::measure {

// Totals since the process began, or the difference of two readings.
struct Noise {
  std::optional<std::int64_t> run_queue_wait_ns;  // none: the kernel does not say (no /proc/self/schedstat)
  std::int64_t involuntary_switches = 0;
  std::int64_t minor_faults = 0;
  std::int64_t major_faults = 0;
};

// About 1 microsecond; keeps one file open per process.
[[nodiscard]] Noise read_noise();

[[nodiscard]] Noise operator-(const Noise& later, const Noise& earlier);

}  // namespace assay::measure
