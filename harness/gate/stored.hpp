// What stored records know of each variant by itself: its answer, its exact metrics, its times, and where all that was.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/json.hpp"

namespace assay::gate {

// One variant on one question, measured at some other time.
struct StoredCell {
  std::string id;  // as Cell::id
  std::string variant;
  std::string dataset;
  std::string dataset_digest;
  std::string outcome;  // of assay-result/1, or "not_measured": the other arm of the record ended it
  std::optional<std::string> reason{};
  std::string plugin_file;
  std::optional<std::string> plugin_sha256{};
  std::string build;
  std::optional<std::string> digest{};        // of the answer; null if it is not known to be right
  std::map<std::string, double> counts{};     // by exact metric
  std::vector<double> times_ns{};             // prepare + run, one a sample, in the order taken
  std::optional<std::string> contaminated{};  // why its times say nothing
};

// Where and when cells were measured.
struct Provenance {
  std::string source;  // what the user named: a folder, a file, a baseline
  std::string created_utc;
  std::string command;
  bool simulated = false;
  Json environment;

  [[nodiscard]] std::string machine() const;                  // core/machine_class.hpp
  [[nodiscard]] std::optional<std::string> revision() const;  // git commit
  [[nodiscard]] std::optional<bool> dirty() const;            // that commit had changes on top
  [[nodiscard]] std::string commit_text() const;              // "6a718eab0c with changes", "unknown commit"
};

struct StoredCells {
  Provenance from;
  std::map<std::string, StoredCell> cells;  // by id
};

// Adds both arms of an assay-result/1 record; only the candidate's, if both are builds of one variant. What is known of
// a cell already stays, and the samples are pooled; a failure outweighs what is ok. Records of programs are left out:
// they name no variant. where names the record in errors. Errors: kUsage if a key is missing or has the wrong type.
[[nodiscard]] Status add_record(const Json& record, const std::string& where, StoredCells& stored);

[[nodiscard]] Json to_json(const StoredCell& cell);
[[nodiscard]] Result<StoredCell> cell_from_json(const Json& json, const std::string& where);

}  // namespace assay::gate
