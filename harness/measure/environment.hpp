// What machine, kernel, compiler and commit a run was made with; unknown is null, never a guess.
#pragma once

#include "harness/core/json.hpp"

namespace assay::measure {

// source_folder: where to ask git for the revision (the repository, or any folder outside one: null then).
[[nodiscard]] Json read_environment(const std::filesystem::path& source_folder);

// True if the kernel counts instructions for us; virtual machines often have no such counter.
[[nodiscard]] bool has_hardware_counters();

}  // namespace assay::measure
