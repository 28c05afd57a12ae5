// assay compare OLD.json NEW.json: results that other tools wrote, not interleaved.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "harness/core/result.hpp"

namespace assay::cli {

// True if both name JSON files.
[[nodiscard]] bool are_result_files(const std::string& baseline, const std::string& candidate);

struct FileComparison {
  std::filesystem::path baseline;
  std::filesystem::path candidate;
  std::optional<double> margin;  // none: stats::kUnpairedMargin
  std::string filter;            // regular expression on names; empty: all
  bool fail_on_regression = false;
};

// Prints a verdict for each name that both files hold, and what only one holds. Returns the exit code. Errors: kUsage.
[[nodiscard]] Result<int> compare_files(const FileComparison& comparison);

}  // namespace assay::cli
