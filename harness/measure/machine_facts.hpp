// What this machine is like for measuring: read from the kernel's files, and a few things tried out.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace assay::measure {

// Nothing where the kernel does not say, which is usual in containers and virtual machines.
struct MachineFacts {
  std::vector<int> allowed_cpus;             // that this process may run on
  std::optional<double> cpu_quota;           // processors a cgroup grants; nothing: no limit
  std::optional<std::string> governor;       // of the first CPU
  std::optional<bool> turbo;                 // the processor may raise its frequency
  std::optional<bool> simultaneous_threads;  // SMT: two CPUs share one core
  std::optional<int> address_randomization;  // 0 off, 1, 2 full
  std::optional<double> load_average;        // of the last minute
  std::optional<double> cpu_pressure;        // percent of the last 10 s in which some task waited
  std::optional<double> memory_pressure;
  std::optional<double> io_pressure;
  std::optional<std::int64_t> swap_used_bytes;
  std::optional<std::string> transparent_huge_pages;  // always, madvise, never
  std::optional<int> perf_event_paranoid;
  std::optional<std::string> clock_source;
  std::optional<std::string> nvidia_driver;  // version
};

// root: "/", or a folder with proc/ and sys/ that looks like it. allowed_cpus is of this process either way.
[[nodiscard]] MachineFacts read_machine_facts(const std::filesystem::path& root = "/");

struct ClockFacts {
  double resolution_ns = 0;  // smallest step seen
  double cost_ns = 0;        // of one reading, at best
};
// 20,000 readings of CLOCK_MONOTONIC: a millisecond or two.
[[nodiscard]] ClockFacts try_clock();

// Share of the CPUs' time that the hypervisor took during the wait, 0 to 1; nothing if the kernel does not say.
[[nodiscard]] std::optional<double> try_steal(std::int64_t wait_ns);

}  // namespace assay::measure
