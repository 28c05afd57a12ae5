// The two clocks of a sample: wall (monotonic) and processor time of this process, in nanoseconds.
#pragma once

#include <cstdint>

namespace assay::measure {

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual std::int64_t wall_ns() = 0;
  [[nodiscard]] virtual std::int64_t cpu_ns() = 0;

  // Outside the timed window: which of the worker's commands comes next. Only a simulated clock makes use of it.
  virtual void begin_sample(std::uint32_t number) { static_cast<void>(number); }
  // True if nothing is measured; every reply says so.
  [[nodiscard]] virtual bool simulated() const { return false; }
};

// CLOCK_MONOTONIC (about 30 ns a read) and CLOCK_PROCESS_CPUTIME_ID (a system call, about 500 ns).
class SystemClock final : public Clock {
 public:
  [[nodiscard]] std::int64_t wall_ns() override;
  [[nodiscard]] std::int64_t cpu_ns() override;
};

}  // namespace assay::measure
