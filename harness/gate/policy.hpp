// What a gate lets through (schema assay-policy/1): plain values, read once.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include "harness/core/json.hpp"

namespace assay::gate {

// What holds for the cells whose name the expression finds; the first that fits counts.
struct CellRule {
  std::string text;
  std::regex match;
  std::optional<double> margin;
  bool ignored = false;
  std::string reason;  // why; required where a cell is ignored
};

struct Policy {
  std::string suite;
  double margin = 0.02;           // the smallest slowdown that counts, relative
  double budget_seconds = 120;    // of timing, over all cells; confirmation comes on top
  std::uint32_t most_pairs = 96;  // of one cell
  std::uint32_t launches = 3;     // over which these are spread
  std::uint32_t confirmation_pairs = 24;
  std::uint32_t confirmation_launches = 3;
  double family_error = 0.01;        // P(any cell red that is not slower), over all cells
  bool strict = false;               // INCONCLUSIVE is not let through
  bool judges_offline_time = false;  // stored times may turn a cell red; else they only warn (docs/decisions/0007)
  // By exact metric: how much more the candidate may need, relative; 0: nothing. Metrics not named are not gated.
  std::map<std::string, double> budgets;
  std::vector<CellRule> rules;

  // The rule for a cell, or nothing.
  [[nodiscard]] const CellRule* rule_for(const std::string& cell) const;
  [[nodiscard]] double margin_for(const std::string& cell) const;
};

// where names the document in errors. Errors: kUsage, naming key and value.
[[nodiscard]] Result<Policy> policy_from_json(const Json& json, const std::string& where);

// Errors: kUsage, naming file, key and value.
[[nodiscard]] Result<Policy> read_policy(const std::filesystem::path& file);

}  // namespace assay::gate
