// Warm-up and timed samples of a launch.
#include <algorithm>
#include <cmath>

#include "harness/cli/analysis.hpp"
#include "harness/cli/arms.hpp"
#include "harness/cli/case_runner.hpp"
#include "harness/cli/stopping.hpp"
#include "harness/plan/schedule.hpp"

namespace assay::cli {
namespace {

// A sample shorter than this is repeated until it is that long; the same number for all arms (harness knowledge C2.3).
constexpr double kShortestSampleSeconds = 0.005;
constexpr std::uint32_t kMostIterations = 1000;
// Warm-ups after the cold sample; the last one sets iterations and budget. A sample of 100 ms or more is warm after
// one.
constexpr std::uint32_t kWarmUps = 2;
constexpr double kLongSampleSeconds = 0.1;
// Up to here warm-up goes on by rule: 9 to 30 samples of each arm. Longer samples hold what a rule would wait for.
constexpr double kSettlingSampleSeconds = 0.02;
constexpr std::size_t kPairsPerBlock = 2;

}  // namespace

using isolate::SampleReply;

// The cold sample of each worker, then warm ones. In the first launch the cold results are kept for the full
// comparison.
bool CaseRunner::warm_up(WorkerGroup& workers, std::uint32_t launch) {
  for (const plan::Arm arm : {plan::Arm::kBaseline, plan::Arm::kCandidate, plan::Arm::kControl}) {
    isolate::Command cold;
    cold.keep_result = is_first(launch) && arm != plan::Arm::kControl ? 1 : 0;
    const auto first = take(workers, arm, cold, {SampleKind::kCold});
    if (!first) return false;
    if (is_first(launch) && arm == plan::Arm::kBaseline) first_baseline_ = *first;
    if (is_first(launch) && arm == plan::Arm::kCandidate) first_candidate_ = *first;
    if (is_first(launch) && arm != plan::Arm::kControl) {
      arm_record(arm).cold = store::ColdTimes{first->prepare_ns, first->run_ns};
    }
    if (!same_answer(*first, arm)) return false;
    if (!take_warm_ups(workers, arm, *first)) return false;
  }
  return true;
}

bool CaseRunner::take_warm_ups(WorkerGroup& workers, plan::Arm arm, SampleReply last) {
  const auto seconds = [&] { return static_cast<double>(last.prepare_ns + last.run_ns) * 1e-9; };
  for (std::uint32_t i = 0; i < kWarmUps && seconds() < kLongSampleSeconds; ++i) {
    const auto warm = take(workers, arm, {}, {SampleKind::kWarmUp});
    if (!warm || !same_answer(*warm, arm)) return false;
    last = *warm;
  }
  if (arm != plan::Arm::kControl) warm_seconds_[static_cast<std::size_t>(arm)] = seconds();
  return true;
}

void CaseRunner::plan_blocks() {
  const double shorter = std::max(std::min(warm_seconds_[0], warm_seconds_[1]), 1e-7);
  iterations_ = static_cast<std::uint32_t>(
      std::clamp(std::ceil(kShortestSampleSeconds / shorter), 1.0, static_cast<double>(kMostIterations)));
  blocks_ = pass_.blocks;
  if (blocks_ == 0) {
    blocks_ = plan::blocks_for_budget(context_.effort.budget_seconds, context_.effort.launches,
                                      warm_seconds_[0] * iterations_, warm_seconds_[1] * iterations_);
  }
  if (pass_.until_verdict) record_.design.most_pairs = kPairsPerBlock * blocks_ * pass_.launches;
}

// Samples as long as the timed ones. The first launch takes them until the rule says that the arms are steady or never
// will be; the others take as many, or none where none would help.
bool CaseRunner::settle(WorkerGroup& workers) {
  if (iterations_ * std::max(warm_seconds_[0], warm_seconds_[1]) > kSettlingSampleSeconds) return true;
  Settling settling;
  if (const auto known = rounds_known()) {
    for (std::size_t round = 0; round < *known; ++round) {
      if (!take_round(workers, settling)) return false;
    }
    return true;
  }
  while (settling.state() == stats::WarmUpState::kWarming) {
    if (!take_round(workers, settling)) return false;
  }
  record_.design.warm_up = store::WarmUpRecord{std::string(to_string(settling.state())), settling.rounds()};
  return true;
}

std::optional<std::size_t> CaseRunner::rounds_known() const {
  if (pass_.warm_up_rounds) return pass_.warm_up_rounds;
  return record_.design.warm_up ? std::optional(rounds_to_take(*record_.design.warm_up)) : std::nullopt;
}

bool CaseRunner::take_round(WorkerGroup& workers, Settling& settling) {
  isolate::Command command;
  command.iterations = iterations_;
  for (const plan::Arm arm : {plan::Arm::kBaseline, plan::Arm::kCandidate, plan::Arm::kControl}) {
    const auto warm = take(workers, arm, command, {SampleKind::kWarmUp});
    if (!warm || !same_answer(*warm, arm)) return false;
    settling.add(static_cast<std::size_t>(arm), static_cast<double>(warm->prepare_ns + warm->run_ns));
  }
  return true;
}

// After a block.
bool CaseRunner::has_enough() const {
  if (pass_.enough) return pass_.enough(record_.samples);
  if (!pass_.until_verdict) return false;
  const auto pairs = headline_log_ratios(record_, "candidate");
  const auto control = headline_log_ratios(record_, "control");
  return pairs && control && may_stop(*pairs, *control, *record_.design.most_pairs);
}

bool CaseRunner::sample_all(WorkerGroup& workers, std::uint32_t launch) {
  const std::vector<plan::Slot> schedule = plan::make_schedule(context_.seed, launch, blocks_);
  isolate::Command command;
  command.iterations = iterations_;
  for (std::size_t i = 0; i < schedule.size(); ++i) {
    const plan::Slot& slot = schedule[i];
    const auto reply = take(workers, slot.arm, command, {SampleKind::kTimed, slot.block, slot.position});
    if (!reply || !same_answer(*reply, slot.arm)) return false;
    store::SampleRecord sample = sample_record(*reply);
    sample.launch = launch;
    sample.block = slot.block;
    sample.position = slot.position;
    sample.arm = to_string(slot.arm);
    record_.samples.push_back(std::move(sample));
    const double done = launch - pass_.first_launch + static_cast<double>(i + 1) / static_cast<double>(schedule.size());
    progress_(done / pass_.launches);
    const bool block_ends = i + 1 == schedule.size() || schedule[i + 1].block != slot.block;
    has_enough_ = block_ends && has_enough();
    if (has_enough_) break;
  }
  return true;
}

}  // namespace assay::cli
