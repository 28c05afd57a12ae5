// The two clocks of a sample: wall (monotonic) and processor time of this process, in nanoseconds.
#pragma once

#include <cstdint>

namespace assay::measure {

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual std::int64_t wall_ns() = 0;
  [[nodiscard]] virtual std::int64_t cpu_ns() = 0;
};

// CLOCK_MONOTONIC (about 30 ns a read) and CLOCK_PROCESS_CPUTIME_ID (a system call, about 500 ns).
class SystemClock final : public Clock {
 public:
  [[nodiscard]] std::int64_t wall_ns() override;
  [[nodiscard]] std::int64_t cpu_ns() override;
};

}  // namespace assay::measure
