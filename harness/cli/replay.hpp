// The files of a run, recomputed from its journal alone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "harness/cli/run.hpp"

namespace assay::cli {

struct Replay {
  std::map<std::string, Json> files;  // by name inside the run folder: run.json, records/*.json, ledger-*.json
  RunSummary summary;                 // cut_short: the journal ends before the run did
  std::size_t cases = 0;              // that the run set out to measure
  std::size_t lines = 0;              // of the journal
  std::uint64_t torn_bytes = 0;       // at the end of the journal
  std::string journal;                // its whole lines, as they are
};

// path: a run folder or a journal. Starts no worker and reads no other file. Errors: kUsage if there is no journal;
// kResultsDiffer if it was altered or another version of assay wrote it.
[[nodiscard]] Result<Replay> replay_run(const std::filesystem::path& path);

}  // namespace assay::cli
