// One case from plan to record: launches, interleaved samples, equivalence, challenge, memory runs, analysis.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <string>

#include "datasets/load/dataset.hpp"
#include "harness/cli/catalog.hpp"
#include "harness/cli/home.hpp"
#include "harness/isolate/worker_handle.hpp"
#include "harness/plan/suite.hpp"
#include "harness/store/journal.hpp"
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
  std::map<std::string, plan::Workload> workloads;
  std::map<std::string, datasets::Dataset> datasets;  // by name, verified
  std::map<std::string, std::filesystem::path> dataset_folders;
  std::optional<std::string> reference;
  plan::Effort effort;
  std::uint64_t seed = 42;
  std::uint32_t thread_budget = 1;
  std::vector<int> worker_cpus;
  CountRequest counts;
  std::filesystem::path plugins;  // as asked for; empty: the built ones
  Json environment;
  const std::atomic<bool>* interrupted = nullptr;
  // Digest of the reference's result per workload, parameters and data set; a text where it could not be had.
  struct ReferenceAnswer {
    std::optional<isolate::SampleReply> answer;
    std::string reason;
  };
  std::map<std::string, ReferenceAnswer> reference_answers;
};

// Called between samples: share of the case that is done, 0 to 1.
using Progress = std::function<void(double)>;

// Never fails for what a plugin does: that is an outcome in the record. Errors: kInterrupted (the journal says so),
// kInternal (journal cannot be written).
[[nodiscard]] Result<store::CaseRecord> run_case(RunContext& context, const plan::CaseSpec& spec,
                                                 store::Journal& journal, const Progress& progress);

}  // namespace assay::cli
