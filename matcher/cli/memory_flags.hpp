// Options of runs that keep within a memory budget by way of temporary files.
#pragma once

#include <CLI/CLI.hpp>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "matcher/cli/input_flags.hpp"
#include "matcher/model/error.hpp"
#include "matcher/partitioned/partitioned_input.hpp"

namespace matcher {

struct MemoryFlags {
  std::optional<std::string> memory{};
  std::string work_folder{};
  bool resume = false;

  void add_to(CLI::App& command);
};

// What was asked for, for summaries.
[[nodiscard]] nlohmann::ordered_json describe(const MemoryFlags& flags);

// The budget and its folder; nothing without --memory. Errors: kBadInput for a size that is none, for a result that
// goes into no file while no folder is named, and for the other flags without --memory.
[[nodiscard]] Result<std::optional<PartitionedOptions>> partitioned_options(const MemoryFlags& flags,
                                                                            const std::string& output);

// A table to be read within a budget. Errors: kBadInput.
[[nodiscard]] Result<PartitionedInput> partitioned_input(const std::string& source, const InputFlags& flags, Side side);

// Both tables of a command likewise.
struct TwoPartitionedInputs {
  PartitionedInput left;
  PartitionedInput right;
};
[[nodiscard]] Result<TwoPartitionedInputs> two_partitioned_inputs(const std::string& left, const std::string& right,
                                                                  const InputFlags& flags);

}  // namespace matcher
