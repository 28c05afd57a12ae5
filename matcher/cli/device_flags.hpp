// The option --device: where pairs are scored.
#pragma once

#include <CLI/CLI.hpp>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "matcher/engine/device_choice.hpp"

namespace matcher {

struct DeviceFlags {
  std::string device = "auto";
  bool is_given = false;  // on the command line: then the last line of a run says which it was

  void add_to(CLI::App& command);
};

// Once the options are known. `has_budget`: --memory. Errors: kBadInput if --device gpu cannot be had.
[[nodiscard]] Status check_device(const DeviceFlags& flags, const MatchOptions& options, bool has_budget);

// Once the tables are known, too. Errors: likewise.
[[nodiscard]] Result<DeviceChoice> choose_device(const DeviceFlags& flags, const MatchOptions& options,
                                                 const PersonsView& left, const PersonsView& right);

// What a run within a memory budget does.
[[nodiscard]] DeviceChoice device_of_budget();

// The same once the GPU has failed under way and the CPU has done it all.
[[nodiscard]] DeviceChoice after_failure(const std::string& failure);

// For summaries, and for the last line of a run: "; device: cpu (no NVIDIA driver)", or nothing.
[[nodiscard]] nlohmann::ordered_json describe(const DeviceFlags& flags, const DeviceChoice& choice);
[[nodiscard]] std::string device_suffix(const DeviceFlags& flags, const DeviceChoice& choice);

}  // namespace matcher
