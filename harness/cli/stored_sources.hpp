// What a gate's --baseline and --candidate name: plugin modules, or records that were stored.
#pragma once

#include <string>

#include "harness/cli/home.hpp"
#include "harness/gate/baselines.hpp"

namespace assay::cli {

// A folder that holds no run; what is in it is found out by who opens it.
[[nodiscard]] bool names_modules(const std::string& source);

// The records of a run folder (of `assay run`, `compare`, `audit` or `gate`), one record, or one baseline file. Errors:
// kUsage if it is none of these, if the run did not come to its end, if its records are of several machine classes, or
// if it knows no plugin.
[[nodiscard]] Result<gate::StoredCells> read_stored(const std::string& path);

// The same, or else the baseline of that name and machine class; any_machine as for find_baseline.
[[nodiscard]] Result<gate::StoredCells> find_stored(const std::string& source, const Home& home,
                                                    const std::string& machine, bool any_machine);

}  // namespace assay::cli
