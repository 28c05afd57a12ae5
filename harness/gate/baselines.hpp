// Named baselines (schema assay-baseline/1): one file per name and machine class in a folder of the state.
//
// FOLDER/<name>/<first digits of the SHA-256 of the machine class>.json. A time of another machine class says nothing,
// so each class has its own file, and a name stands for all of them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/gate/stored.hpp"

namespace assay::gate {

struct Baseline {
  std::string name;
  std::string saved_utc;
  StoredCells stored;
};

// Letters, digits, '.', '_', '-', not beginning with '.' or '-'; at most 100 of them.
[[nodiscard]] bool is_baseline_name(const std::string& name);

// Cells that are not ok are left out: nothing can be held against them. Replaces the file of the same name and machine
// class at once, or leaves it as it is. Returns its path. Errors: kUsage (bad name, no cell is ok); kInternal.
[[nodiscard]] Result<std::filesystem::path> save_baseline(const std::filesystem::path& folder,
                                                          const Baseline& baseline);

// Every baseline, by name and machine class. Errors: kUsage, naming a file that cannot be read.
[[nodiscard]] Result<std::vector<Baseline>> list_baselines(const std::filesystem::path& folder);

// The one of this machine class; with any_machine also the only one of another. Errors: kUsage, saying which names or
// machine classes there are.
[[nodiscard]] Result<Baseline> find_baseline(const std::filesystem::path& folder, const std::string& name,
                                             const std::string& machine, bool any_machine);

// Errors: as find_baseline.
[[nodiscard]] Status remove_baseline(const std::filesystem::path& folder, const std::string& name,
                                     const std::string& machine);

// The schema's JSON; and what it says, where names it in errors (kUsage).
[[nodiscard]] Json to_json(const Baseline& baseline);
[[nodiscard]] Result<Baseline> baseline_from_json(const Json& json, const std::string& where);

}  // namespace assay::gate
