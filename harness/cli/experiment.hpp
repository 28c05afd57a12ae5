// One case from plan to record: launches, interleaved samples, equivalence, challenge, memory runs, analysis.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "datasets/load/dataset.hpp"
#include "harness/cli/catalog.hpp"
#include "harness/cli/home.hpp"
#include "harness/cli/transcript.hpp"
#include "harness/core/temporary_folder.hpp"
#include "harness/plan/suite.hpp"
#include "harness/store/record.hpp"

namespace assay::cli {

// Counts that are made only if asked for.
struct CountRequest {
  bool instructions = false;
  bool syscalls = false;
};

// What all cases of a run share.
struct RunContext {
  Home home;
  Catalog catalog;
  std::optional<Catalog> head;  // of a gate: where candidates come from; otherwise the catalog
  std::map<std::string, plan::Workload> workloads;
  std::map<std::string, datasets::Dataset> datasets;            // by name, verified; none in a replay
  std::map<std::string, store::DatasetRecord> dataset_records;  // of a replay: what the journal says of them
  std::map<std::string, std::filesystem::path> dataset_folders;
  std::optional<std::string> reference;
  plan::Effort effort;
  std::uint64_t seed = 42;
  std::uint32_t thread_budget = 1;
  bool until_verdict = false;  // cases end at the look that decides
  std::vector<int> worker_cpus;
  CountRequest counts;
  std::filesystem::path plugins;                        // as asked for; empty: the built ones
  std::shared_ptr<const TemporaryFolder> cache_folder;  // for what variants keep until the run ends; null: nothing
  Json environment;
  const std::atomic<bool>* interrupted = nullptr;
};

// Called between samples: share of the case that is done, 0 to 1.
using Progress = std::function<void(double)>;

// Part of a case, or all of it.
struct CasePass {
  std::uint32_t first_launch = 0;  // of those that the order of samples is drawn for
  std::uint32_t launches = 1;
  std::uint32_t blocks = 0;  // of one launch, two pairs each; 0: as many as the budget allows
  bool measures_memory = false;
  std::optional<std::size_t> warm_up_rounds{};  // found by an earlier pass; none: the first launch judges
  bool until_verdict = false;  // ends at the look that decides (stopping.hpp); the record says how many there could be
  // Asked after each block with the samples of this pass; true ends the pass.
  std::function<bool(const std::vector<store::SampleRecord>&)> enough{};
};

// Never fails for what a plugin does: that is an outcome in the record. What the transcript has of the case is read
// back, the rest is measured. Errors: kInterrupted (the journal says so, or ends here); kInternal (journal cannot be
// written); kResultsDiffer (the journal does not fit this version).
[[nodiscard]] Result<store::CaseRecord> run_case(RunContext& context, const plan::CaseSpec& spec,
                                                 Transcript& transcript, const Progress& progress);
[[nodiscard]] Result<store::CaseRecord> run_case(RunContext& context, const plan::CaseSpec& spec,
                                                 Transcript& transcript, const Progress& progress,
                                                 const CasePass& pass);

// The same with nothing to read back.
[[nodiscard]] Result<store::CaseRecord> run_case(RunContext& context, const plan::CaseSpec& spec,
                                                 store::Journal& journal, const Progress& progress);

}  // namespace assay::cli
