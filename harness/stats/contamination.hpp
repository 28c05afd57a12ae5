// Was the machine too disturbed to believe a run? From the noise evidence of its samples and its control: clean, or
// contaminated and why. A contaminated run is neither red nor green; the gate asks to try again (exit code 75).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace assay::stats {

// What is known about one sample; nothing where the kernel does not say. Under a hog the worker mostly stood still
// between two timed calls and not in them (seen on Linux 6.18), so shares are of the whole window of a sample and not
// of its timed part.
struct SampleEvidence {
  std::int64_t window_ns = 0;  // wall time of the sample: all iterations with collect, digest and reset
  std::optional<std::int64_t> run_queue_wait_ns;  // ready to run, but another ran
  std::int64_t involuntary_switches = 0;
  std::int64_t major_faults = 0;
  std::optional<std::int64_t> steal_ns;  // of the CPUs the worker may use
  std::optional<std::int64_t> cpu_stall_ns;
  std::optional<std::int64_t> memory_stall_ns;
};

// The declared thresholds, set on recorded evidence (docs/measurement.md says which) before any verdict was looked at.

// A run is contaminated if more than half of its samples are disturbed (is_disturbed of pair_filter.hpp) and the waits
// are more than a tenth of the windows: the median then no longer rests on undisturbed samples. Short bursts that leave
// most samples alone are what pairing and medians are for.
inline constexpr double kMostDisturbed = 0.5;
inline constexpr double kMostWaiting = 0.10;
// Steal comes in ticks of 10 ms, so some of them are needed before a share means anything.
inline constexpr double kMostSteal = 0.05;
inline constexpr std::int64_t kLeastStealNs = 50'000'000;
// Tasks that stand still for memory: reclaim and swap hit arms at random.
inline constexpr double kMostMemoryStall = 0.10;
// Only where no wait is known (no schedstat, or several threads, of which the kernel tells us one's): some task on the
// machine waited for a processor for more than this share of the time.
inline constexpr double kMostCpuStall = 0.50;

struct Contamination {
  std::size_t samples = 0;
  std::optional<std::size_t> disturbed;  // samples; nothing if no wait is known
  std::optional<double> wait_share;      // of the windows, like the next three
  std::optional<double> steal_share;
  std::optional<double> cpu_stall_share;
  std::optional<double> memory_stall_share;
  std::vector<std::string> reasons;  // one sentence each; empty: clean
  [[nodiscard]] bool contaminated() const { return !reasons.empty(); }
};

// control_log_ratios: of the same code against itself in this run (CaseRecord::control_log_ratios); if it came out
// slower or faster than the floor of the margin, the design failed. Pure; O(samples).
[[nodiscard]] Contamination judge_contamination(std::span<const SampleEvidence> samples,
                                                std::span<const double> control_log_ratios);

}  // namespace assay::stats
