// The files of a run or gate, recomputed from its journal alone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "harness/cli/gate.hpp"
#include "harness/cli/run.hpp"

namespace assay::cli {

struct Replay {
  std::map<std::string, std::string> files;  // by name inside the run folder: run.json, records/*.json, ...
  RunSummary summary;                        // of a run; cut_short: the journal ends before the run did
  std::optional<GateSummary> gate;           // of a gate instead; cut_short as above
  std::size_t cases = 0;                     // that the run set out to measure; of a gate, its cells
  std::size_t lines = 0;                     // of the journal
  std::uint64_t torn_bytes = 0;              // at the end of the journal
  std::string journal;                       // its whole lines, as they are

  [[nodiscard]] bool cut_short() const { return (gate ? gate->cut_short : summary.cut_short).has_value(); }
};

// path: a folder of a run or gate, or a journal. Starts no worker and reads no other file. Errors: kUsage if there is
// no journal; kResultsDiffer if it was altered or another version of assay wrote it.
[[nodiscard]] Result<Replay> replay_run(const std::filesystem::path& path);

}  // namespace assay::cli
