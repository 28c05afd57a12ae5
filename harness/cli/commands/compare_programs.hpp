// The forms of `assay compare` that do not compare plugins; commands/run.cpp adds them to the verb.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "harness/cli/commands.hpp"
#include "harness/cli/program_plan.hpp"

namespace assay::cli {

// What `assay compare` was given beside the variants.
struct OtherComparisons {
  ProgramRequest programs;
  bool google_benchmark = false;  // the two positional arguments are programs
  std::string filter;
  std::optional<double> margin;
  bool fail_on_regression = false;
};

[[nodiscard]] std::shared_ptr<OtherComparisons> add_other_comparisons(CLI::App* command);

// Two --command: runs them. Errors: as run_programs.
[[nodiscard]] Result<int> compare_programs(ProgramRequest request, bool fail_on_regression);

// kRegression if asked for and a record says REGRESSED, else what exit_code_of says.
[[nodiscard]] int comparison_exit_code(const std::vector<store::CaseRecord>& records, bool fail_on_regression);

}  // namespace assay::cli
