// What disturbed the machine during a sample: time the hypervisor took, and time tasks stood still for want of
// processor, memory or disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::measure {

// Totals since the machine started, or the difference of two readings. None: the kernel does not say.
struct MachineNoise {
  std::optional<std::int64_t> steal_ns;         // of the chosen CPUs, in steps of one clock tick (10 ms)
  std::optional<std::int64_t> cpu_stall_ns;     // some task somewhere waited for a processor
  std::optional<std::int64_t> memory_stall_ns;  // some task waited for memory: reclaim, swap, refaults
  std::optional<std::int64_t> io_stall_ns;      // some task waited for a disk
};
[[nodiscard]] MachineNoise operator-(const MachineNoise& later, const MachineNoise& earlier);

// Steal of these CPUs from the text of /proc/stat, in clock ticks (man 5 proc: the eighth number of a cpu line).
[[nodiscard]] std::optional<std::int64_t> steal_ticks(std::string_view stat, const std::vector<int>& cpus);

// "some ... total=N" of a file below /proc/pressure, in nanoseconds (Documentation/accounting/psi.rst).
[[nodiscard]] std::optional<std::int64_t> stall_ns(std::string_view pressure);

// Keeps its files open. A reading is three system calls, 2 microseconds each, and /proc/stat, 7 microseconds on two
// CPUs, but no more often than steal can change: once a tick. The kernel adds up all interrupts of all CPUs for that
// file; where this takes longer than kDearestSteal, steal is left out.
class MachineNoiseReader {
 public:
  static constexpr std::int64_t kDearestStealNs = 50'000;

  // cpus: whose steal counts; empty: all. proc: "/proc", or a folder that looks like it.
  explicit MachineNoiseReader(std::vector<int> cpus, const std::filesystem::path& proc = "/proc");
  MachineNoiseReader(const MachineNoiseReader&) = delete;
  MachineNoiseReader& operator=(const MachineNoiseReader&) = delete;
  ~MachineNoiseReader();

  [[nodiscard]] MachineNoise read();

 private:
  [[nodiscard]] std::optional<std::int64_t> read_steal() const;

  std::optional<std::int64_t> steal_ns_;  // as read last
  std::int64_t steal_read_at_ns_ = 0;

  std::vector<int> cpus_;
  int stat_ = -1;
  int cpu_ = -1;
  int memory_ = -1;
  int io_ = -1;
};

// The noise of samples that follow one another, at one reading each: the reading behind a sample is also the one before
// the next, unless the next begins later than `fresh_ns` after it. Call order: (begin end)*.
class MachineNoiseLaps {
 public:
  // cpus, proc: as those of the reader.
  explicit MachineNoiseLaps(std::vector<int> cpus, const std::filesystem::path& proc = "/proc",
                            std::int64_t fresh_ns = 1'000'000)
      : reader_(std::move(cpus), proc), fresh_ns_(fresh_ns) {}

  void begin();
  // Since begin(), or since the end() right before it.
  [[nodiscard]] MachineNoise end();

 private:
  void read();

  MachineNoiseReader reader_;
  std::int64_t fresh_ns_;
  MachineNoise last_;
  std::optional<std::int64_t> read_at_ns_;  // none: never
};

// The CPUs this process may run on; empty if the kernel does not say.
[[nodiscard]] std::vector<int> allowed_cpus();

}  // namespace assay::measure
