// The state of one case while it is measured: experiment.cpp knows the order of its steps, case_sampling.cpp takes
// samples.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "harness/cli/experiment.hpp"
#include "harness/cli/settling.hpp"
#include "harness/cli/worker_group.hpp"

namespace assay::cli {

// Thrown-away state of one case; its steps stop at the first outcome that is not ok.
class CaseRunner {
 public:
  CaseRunner(RunContext& context, const plan::CaseSpec& spec, Transcript& transcript, const Progress& progress,
             const CasePass& pass)
      : context_(context), spec_(spec), transcript_(transcript), progress_(progress), pass_(pass) {}

  Result<store::CaseRecord> run();

 private:
  Status set_up();
  void measure();
  bool run_launch(std::uint32_t launch);
  [[nodiscard]] bool is_first(std::uint32_t launch) const { return launch == pass_.first_launch; }
  bool start(WorkerGroup& workers);
  bool warm_up(WorkerGroup& workers, std::uint32_t launch);
  bool take_warm_ups(WorkerGroup& workers, plan::Arm arm, isolate::SampleReply last);
  void plan_blocks();
  bool settle(WorkerGroup& workers);
  [[nodiscard]] std::optional<std::size_t> rounds_known() const;
  bool take_round(WorkerGroup& workers, Settling& settling);
  [[nodiscard]] bool has_enough() const;
  bool sample_all(WorkerGroup& workers, std::uint32_t launch);
  bool challenge(WorkerGroup& workers);
  bool finish(WorkerGroup& workers);
  bool measure_memory();
  bool count(plan::Arm arm, const isolate::SampleReply& answer);
  void compare_results(WorkerGroup& workers);
  void note_different(const std::string& reason);

  std::optional<isolate::SampleReply> take(WorkerGroup& workers, plan::Arm arm, const isolate::Command& command,
                                           const SampleLabel& label);
  bool same_answer(const isolate::SampleReply& reply, plan::Arm arm);
  void stop(plan::Arm arm, const isolate::WorkerFailure& failure);
  const CatalogEntry& variant_of(plan::Arm arm) const { return arm == plan::Arm::kCandidate ? candidate_ : baseline_; }
  store::ArmRecord& arm_record(plan::Arm arm) {
    return arm == plan::Arm::kCandidate ? record_.candidate : record_.baseline;
  }

  RunContext& context_;
  const plan::CaseSpec& spec_;
  Transcript& transcript_;
  const Progress& progress_;
  const CasePass& pass_;
  CaseSetup setup_;
  const plan::Workload* workload_ = nullptr;
  CatalogEntry baseline_;
  CatalogEntry candidate_;
  store::CaseRecord record_;
  std::optional<isolate::SampleReply> first_baseline_;
  std::optional<isolate::SampleReply> first_candidate_;
  std::array<double, 2> warm_seconds_{};  // baseline, candidate
  std::uint32_t iterations_ = 1;
  std::uint32_t blocks_ = 0;  // of one launch
  bool has_enough_ = false;   // samples: the pass ends before its time
  bool stopped_ = false;
};

}  // namespace assay::cli
