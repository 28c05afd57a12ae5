#include "harness/cli/interleaving.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "harness/measure/machine_noise.hpp"

namespace assay::cli {
namespace {

constexpr std::uint32_t kFewestBlocks = 4;
constexpr std::uint32_t kMostBlocks = 96;  // beyond 192 pairs the margin, not the number, limits what is seen

// What the machine did meanwhile, beside what the sample says of its process.
void add_machine_noise(store::SampleRecord& sample, const measure::MachineNoise& noise,
                       std::chrono::nanoseconds window) {
  sample.window_ns = window.count();
  sample.steal_ns = noise.steal_ns;
  sample.cpu_stall_ns = noise.cpu_stall_ns;
  sample.memory_stall_ns = noise.memory_stall_ns;
  sample.io_stall_ns = noise.io_stall_ns;
}

}  // namespace

std::uint32_t block_count(std::optional<std::uint32_t> pairs, double budget_seconds,
                          const std::array<double, 2>& run_seconds) {
  if (pairs) return (*pairs + 1) / 2;
  const double block = 4 * run_seconds[0] + 2 * run_seconds[1];  // the control runs the baseline's program
  const double fit = std::floor(budget_seconds / std::max(block, 1e-6));
  return static_cast<std::uint32_t>(std::clamp(fit, double{kFewestBlocks}, double{kMostBlocks}));
}

std::size_t program_index(plan::Arm arm) {
  return arm == plan::Arm::kCandidate ? 1 : 0;
}

Status take_blocks(store::CaseRecord& record, std::uint32_t blocks, store::Journal& journal,
                   const std::function<void(double)>& progress, const TakeSample& take) {
  static constexpr const char* kNames[] = {"baseline", "candidate", "control"};
  using std::chrono::steady_clock;
  measure::MachineNoiseLaps machine(measure::allowed_cpus());
  const auto schedule = plan::make_schedule(record.design.seed, 0, blocks);
  for (const plan::Slot& slot : schedule) {
    if (record.outcome != store::Outcome::kOk) return {};
    machine.begin();
    const auto began = steady_clock::now();
    ASSAY_TRY(store::SampleRecord sample, take(program_index(slot.arm)));
    if (record.outcome != store::Outcome::kOk) return {};
    add_machine_noise(sample, machine.end(), steady_clock::now() - began);
    sample.block = slot.block;
    sample.position = slot.position;
    sample.arm = kNames[static_cast<std::size_t>(slot.arm)];
    record.samples.push_back(sample);
    ASSAY_CHECK(journal.append("sample", to_json(sample)));
    progress(static_cast<double>(record.samples.size()) / static_cast<double>(schedule.size()));
  }
  return {};
}

}  // namespace assay::cli
