// Options that say where results go.
#pragma once

#include <CLI/CLI.hpp>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>
#include <vector>

#include "matcher/io/publication.hpp"
#include "matcher/io/result_layouts.hpp"
#include "matcher/model/error.hpp"

namespace matcher {

struct OutputFlags {
  std::string output{};
  std::string layout = "pairs";
  std::string summary{};
  bool replace = false;
  bool quiet = false;
  bool progress = false;

  void add_to(CLI::App& command, const std::string& what, bool with_layout);
};

// results/t0.95.csv.gz -> results/t0.95 and .csv.gz
[[nodiscard]] std::pair<std::string, std::string> split_ending(const std::string& output);

// Where the summary goes; empty if nowhere.
[[nodiscard]] std::string summary_path(const OutputFlags& flags);

// Errors: kBadInput if an output is an input, or two outputs are the same file: one would destroy the other. Empty
// paths, pipes, devices and databases do not count.
[[nodiscard]] Status check_distinct(const std::vector<std::string>& inputs, const std::vector<std::string>& outputs);

// Writes the summary where the flags say: by default beside the output, which must be a file. It appears with the other
// outputs. Errors: kInternal.
[[nodiscard]] Status write_summary(const OutputFlags& flags, const nlohmann::ordered_json& summary,
                                   Publication& outputs);

}  // namespace matcher
