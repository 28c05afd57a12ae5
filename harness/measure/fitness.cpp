#include "harness/measure/fitness.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::measure {
namespace {

constexpr Fitness kOk = Fitness::kOk;
constexpr Fitness kWarn = Fitness::kWarn;
constexpr Fitness kBad = Fitness::kBad;

Finding cpus(const MachineFacts& facts, unsigned threads) {
  const std::size_t count = facts.allowed_cpus.size();
  const std::string found = fmt::format("{} CPU(s) for the host and {} thread(s) of a variant", count, threads);
  if (count > threads) return {kOk, "processors", found, ""};
  return {kWarn, "processors", found, "nothing can be pinned and all share; use more CPUs or fewer --threads"};
}

// A group that has used up its quota stands still for the rest of the period, 100 ms by default.
Finding quota(const MachineFacts& facts) {
  if (!facts.cpu_quota) return {kOk, "container limit", "no limit on processor time", ""};
  const std::string found = fmt::format("the cgroup grants {:.2f} processors", *facts.cpu_quota);
  if (*facts.cpu_quota >= static_cast<double>(facts.allowed_cpus.size())) return {kOk, "container limit", found, ""};
  return {kBad, "container limit", found,
          "beyond it everything stops for up to 100 ms; limit by --cpuset-cpus instead of --cpus"};
}

Finding governor(const MachineFacts& facts) {
  if (!facts.governor) return {kOk, "frequency governor", "not visible (virtual machine): the host decides", ""};
  if (*facts.governor == "performance") return {kOk, "frequency governor", *facts.governor, ""};
  return {kWarn, "frequency governor", *facts.governor, "cpupower frequency-set -g performance"};
}

Finding turbo(const MachineFacts& facts) {
  if (!facts.turbo) return {kOk, "turbo", "not visible", ""};
  if (!*facts.turbo) return {kOk, "turbo", "off", ""};
  return {kWarn, "turbo", "on: the frequency depends on heat and on what other cores do",
          "echo 1 > /sys/devices/system/cpu/intel_pstate/no_turbo, or echo 0 > /sys/devices/system/cpu/cpufreq/boost"};
}

Finding smt(const MachineFacts& facts) {
  if (!facts.simultaneous_threads) return {kOk, "SMT", "not visible", ""};
  if (!*facts.simultaneous_threads) return {kOk, "SMT", "off, or hidden by the hypervisor", ""};
  return {kWarn, "SMT", "on: a neighbour on the same core takes up to half of it",
          "echo off > /sys/devices/system/cpu/smt/control, or keep the sibling CPUs idle"};
}

Finding aslr(const MachineFacts& facts) {
  if (!facts.address_randomization) return {kOk, "address randomization", "not visible", ""};
  if (*facts.address_randomization == 2) {
    return {kOk, "address randomization", "on: each launch has a layout of its own, as the design wants", ""};
  }
  return {kWarn, "address randomization", "off or partial: all launches share one layout",
          "sysctl kernel.randomize_va_space=2"};
}

// A quarter of a CPU is what an idle desktop does; at three quarters of all somebody waits every now and then.
Finding load(const MachineFacts& facts) {
  if (!facts.load_average) return {kOk, "load", "not visible", ""};
  const double per_cpu = *facts.load_average / static_cast<double>(std::max<std::size_t>(1, facts.allowed_cpus.size()));
  const std::string found = fmt::format("{:.2f} tasks on average over the last minute", *facts.load_average);
  if (per_cpu < 0.25) return {kOk, "load", found, ""};
  return {per_cpu < 0.75 ? kWarn : kBad, "load", found, "stop what else runs, or wait until it has ended (top)"};
}

Finding pressure(const std::string& what, const std::optional<double>& percent, double warn, double bad,
                 const char* advice) {
  const std::string subject = what + " pressure";
  if (!percent) return {kOk, subject, "not visible (kernel without PSI)", ""};
  const std::string found = fmt::format("some task waited {:.1f} % of the last 10 s", *percent);
  if (*percent < warn) return {kOk, subject, found, ""};
  return {*percent < bad ? kWarn : kBad, subject, found, advice};
}

// The share at which a run counts as contaminated (stats/contamination.hpp) is bad.
Finding steal(const Trials& trials) {
  if (!trials.steal_share) return {kOk, "steal", "not visible", ""};
  const std::string found = fmt::format("the hypervisor took {:.1f} % of a second", *trials.steal_share * 100);
  if (*trials.steal_share < 0.01) return {kOk, "steal", found, ""};
  return {*trials.steal_share < 0.05 ? kWarn : kBad, "steal", found, "use a machine with CPUs of its own"};
}

Finding swap(const MachineFacts& facts) {
  if (!facts.swap_used_bytes) return {kOk, "swap", "not visible", ""};
  const std::string found = fmt::format("{} MiB swapped out", *facts.swap_used_bytes >> 20);
  if (*facts.swap_used_bytes == 0) return {kOk, "swap", found, ""};
  return {kWarn, "swap", found, "pages may come back from disk while the clock runs; swapoff -a, or more memory"};
}

Finding huge_pages(const MachineFacts& facts) {
  const std::string found = facts.transparent_huge_pages.value_or("not visible");
  if (found != "always") return {kOk, "huge pages", found, ""};
  return {kWarn, "huge pages", found + ": who gets some depends on how memory lies at that moment",
          "echo madvise > /sys/kernel/mm/transparent_hugepage/enabled"};
}

Finding counters(const MachineFacts& facts, const Trials& trials) {
  if (trials.hardware_counters) return {kOk, "hardware counters", "instructions can be counted", ""};
  if (facts.perf_event_paranoid > 2) {
    return {kWarn, "hardware counters",
            fmt::format("forbidden (perf_event_paranoid is {})", *facts.perf_event_paranoid),
            "sysctl kernel.perf_event_paranoid=2; or count by --instructions"};
  }
  return {kWarn, "hardware counters", "none (usual in virtual machines)", "count by --instructions"};
}

// A sample lasts 5 ms at least: 1 microsecond of clock is 0.02 % of it, the least that could matter.
Finding clock(const MachineFacts& facts, const Trials& trials) {
  const std::string found =
      fmt::format("{}, {:.0f} ns a reading, steps of {:.0f} ns", facts.clock_source.value_or("source not visible"),
                  trials.clock.cost_ns, trials.clock.resolution_ns);
  const double worst = std::max(trials.clock.cost_ns, trials.clock.resolution_ns);
  if (worst < 200) return {kOk, "clock", found, ""};
  return {worst < 5000 ? kWarn : kBad, "clock", found,
          "boot with clocksource=tsc where the processor's time stamp counter is stable"};
}

}  // namespace

const char* to_string(Fitness fitness) {
  static constexpr const char* kNames[] = {"ok", "warn", "bad"};
  return kNames[static_cast<std::size_t>(fitness)];
}

std::vector<Finding> judge_machine(const MachineFacts& facts, const Trials& trials, unsigned threads) {
  return {cpus(facts, threads),
          quota(facts),
          load(facts),
          pressure("cpu", facts.cpu_pressure, 5, 25, "stop what else runs (top)"),
          pressure("memory", facts.memory_pressure, 1, 10, "free memory, or use a machine with more"),
          pressure("io", facts.io_pressure, 10, 50, "wait until the disk is quiet (iotop)"),
          steal(trials),
          governor(facts),
          turbo(facts),
          smt(facts),
          aslr(facts),
          swap(facts),
          huge_pages(facts),
          clock(facts, trials),
          counters(facts, trials)};
}

}  // namespace assay::measure
