// One record as a history keeps it, and how it is made of a run folder.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/json.hpp"

namespace assay::history {

// One comparison of a record. Ratios are candidate / baseline; null is "not measured".
struct Metric {
  std::string name;  // time/total, memory/allocations, ...
  std::string unit;
  std::string kind;  // statistical | exact
  std::optional<double> baseline;
  std::optional<double> candidate;
  std::optional<double> ratio;
  std::optional<double> low;  // interval of the ratio
  std::optional<double> high;
  std::optional<double> confidence;
  std::optional<double> margin;
  std::string verdict;
};

struct Entry {
  std::string digest;  // SHA-256 of the record, without its white space: two entries with one digest are one record
  std::string run;     // name of the run folder
  std::string created_utc;
  std::optional<std::string> revision;  // git commit the run was made at
  std::optional<bool> dirty;            // that commit had changes on top
  std::string machine_class;            // core/machine_class.hpp
  std::string case_id;
  std::string outcome;
  std::vector<Metric> metrics;
  std::vector<double> pair_log_ratios;  // of the headline time, in run order
};

// An assay-result/1 record. `where` names it in errors. Keys it does not need are ignored, so later minor versions of
// the schema can be read. Errors: kUsage if a key is missing or has the wrong type, or the schema is another.
[[nodiscard]] Result<Entry> entry_of(const Json& record, const std::string& run, const std::string& where);

// Every record of a run folder, in the order of run.json; those written so far if the run was cut short.
// Errors: kUsage if it is no run folder or a record cannot be read.
[[nodiscard]] Result<std::vector<Entry>> read_run(const std::filesystem::path& folder);

}  // namespace assay::history
