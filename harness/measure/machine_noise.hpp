// What disturbed the machine during a sample: time the hypervisor took, and time tasks stood still for want of
// processor, memory or disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
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

// Keeps its files open. A reading is four system calls: 5 microseconds on two CPUs. The kernel adds up all interrupts
// of all CPUs for /proc/stat; where that takes longer than kDearestSteal, steal is left out.
class MachineNoiseReader {
 public:
  static constexpr std::int64_t kDearestStealNs = 50'000;

  // cpus: whose steal counts; empty: all. proc: "/proc", or a folder that looks like it.
  explicit MachineNoiseReader(std::vector<int> cpus, const std::filesystem::path& proc = "/proc");
  MachineNoiseReader(const MachineNoiseReader&) = delete;
  MachineNoiseReader& operator=(const MachineNoiseReader&) = delete;
  ~MachineNoiseReader();

  [[nodiscard]] MachineNoise read() const;

 private:
  [[nodiscard]] std::optional<std::int64_t> read_steal() const;

  std::vector<int> cpus_;
  int stat_ = -1;
  int cpu_ = -1;
  int memory_ = -1;
  int io_ = -1;
};

// The CPUs this process may run on; empty if the kernel does not say.
[[nodiscard]] std::vector<int> allowed_cpus();

}  // namespace assay::measure
