// Where things are: the project's data folders, the built plugins and programs, the cache and the runs.
#pragma once

#include <filesystem>
#include <string>

#include "harness/core/result.hpp"

namespace assay::cli {

struct Home {
  std::filesystem::path root;            // holds workloads/, suites/, audits/, reports/
  std::filesystem::path plugins;         // built modules
  std::filesystem::path worker;          // assay-worker
  bool simulated = false;                // $ASSAY_SIMULATED: the worker's clock is made up; tests only
  std::filesystem::path malloc_counter;  // preloaded into memory runs; empty if not built (sanitizers)
  std::filesystem::path state;           // cache and runs; not under version control

  [[nodiscard]] std::filesystem::path workloads() const { return root / "workloads"; }
  [[nodiscard]] std::filesystem::path suites() const { return root / "suites"; }
  [[nodiscard]] std::filesystem::path audits() const { return root / "audits"; }
  [[nodiscard]] std::filesystem::path dataset_cache() const { return state / "datasets"; }
  [[nodiscard]] std::filesystem::path runs() const { return state / "runs"; }
  [[nodiscard]] std::filesystem::path baselines() const { return state / "baselines"; }
};

// Starts from the running program (bin/ beside plugins/ and lib/) and walks up to the first folder that has workloads/
// and suites/; $ASSAY_HOME names that folder instead. State goes to $ASSAY_STATE, else to <root>/.assay. With
// $ASSAY_SIMULATED workers are assay-worker-simulated, which only tests build; every record says so.
// Errors: kUsage, saying which folder was looked for and how to set it.
[[nodiscard]] Result<Home> find_home();

}  // namespace assay::cli
