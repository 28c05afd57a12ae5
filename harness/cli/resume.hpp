// A run that was cut off goes on: the same plan on the same code and data, or a refusal that says what changed.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "harness/cli/transcript.hpp"
#include "harness/store/journal.hpp"

namespace assay::cli {

// What differs between what a run set out to do and what it would do now, so that samples of both cannot stand in one
// record; empty if nothing does. Load and time of day may differ; the processor, the kernel and the CPUs may not.
[[nodiscard]] std::string what_changed(const Json& then, const Json& now);

struct OpenRun {
  store::Journal journal;
  PastEvents past;  // up to where new workers can take over
};

// Opens the journal of a run folder behind its last whole line, notes that the run goes on, and removes half-written
// files. header: what the run
// would be now (make_header). Errors: kUsage if there is no journal, another process writes it, or something changed;
// kResultsDiffer if it was altered.
[[nodiscard]] Result<OpenRun> open_run(const std::filesystem::path& folder, const Json& header, store::Flush flush);

}  // namespace assay::cli
