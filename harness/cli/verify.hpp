// Does a run folder say what its journal says?
#pragma once

#include <string>
#include <vector>

#include "harness/cli/replay.hpp"

namespace assay::cli {

// What of the records, ledgers, run.json and files of a gate in a run folder is not byte for byte what the replay made:
// one line each, with file, place and both values. Files that the journal knows nothing of count as well. Empty: all as
// it should be.
[[nodiscard]] Result<std::vector<std::string>> find_differences(const std::filesystem::path& folder,
                                                                const Replay& replay);

}  // namespace assay::cli
