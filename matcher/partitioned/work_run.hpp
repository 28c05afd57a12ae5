// What every run within a memory budget has in common: its folder, its errors, its end.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "matcher/engine/match_options.hpp"
#include "matcher/model/error.hpp"
#include "matcher/partitioned/partitioned_input.hpp"
#include "matcher/partitioned/work_folder.hpp"

namespace matcher {

// What identifies options in a work folder: everything that shapes matches.
[[nodiscard]] std::string identity_of(const MatchOptions& options);

// Opens the work folder of a run with these identities (of inputs, options, and what is kept), runs body in it, and
// removes it when body has succeeded; otherwise it stays, to go on with. Exceptions of the engine become errors.
// Errors: kBadInput (too little memory, a folder that is not ours), and those of body.
using RunBody = std::function<Status(WorkFolder&)>;
[[nodiscard]] Status run_in_work_folder(const PartitionedOptions& partitioned,
                                        const std::vector<std::string>& identities, const RunBody& body);

// Errors: kBadInput if what is to be held in memory does not fit the budget. what: "choosing among 5 pairs";
// instead: what else the user may do, "--select all".
[[nodiscard]] Status check_budget(const PartitionedOptions& partitioned, std::uint64_t bytes, const std::string& what,
                                  const std::string& instead);

}  // namespace matcher
