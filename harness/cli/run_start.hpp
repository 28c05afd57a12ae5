// What a run takes hold of before its first case: data sets, CPUs, a folder, a journal.
#pragma once

#include <filesystem>

#include "harness/cli/resume.hpp"
#include "harness/cli/run_setup.hpp"

namespace assay::cli {

// Makes the data sets of the plan where they are missing, opens and verifies them, pins this process away from its
// workers, and notes the environment and the time. REQUIRES: request, plan and home are set. Errors: kUsage,
// kInternal.
[[nodiscard]] Status open_machine(RunSetup& setup);

// A new run folder and journal, or those of the run that goes on; folder is set. Errors: kUsage if the folder holds a
// run, or the run that should go on does not fit.
[[nodiscard]] Result<OpenRun> begin_run(RunSetup& setup, std::filesystem::path& folder);

}  // namespace assay::cli
