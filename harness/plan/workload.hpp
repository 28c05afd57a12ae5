// A workload contract as read from workloads/*.json: inputs, parameters with defaults, result columns and keys.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/contract.hpp"
#include "harness/core/json.hpp"
#include "harness/core/result.hpp"

namespace assay::plan {

struct InputColumn {
  std::string name;
  assay_type type = 0;
  bool nullable = false;
};

struct InputTable {
  std::string name;
  std::vector<InputColumn> columns;
};

struct Parameter {
  std::string standard;             // the default
  std::vector<std::string> values;  // allowed; empty: any
};

struct Workload {
  std::string id;
  std::string summary;
  std::filesystem::path file;
  std::vector<InputTable> inputs;
  std::map<std::string, Parameter> parameters;
  ResultContract result;
};

using Parameters = std::map<std::string, std::string>;

// Errors: kUsage, naming file and key; unknown keys are refused.
[[nodiscard]] Result<Workload> read_workload(const std::filesystem::path& file);
// The same of a document that was read already, without its file; where is its name for errors.
[[nodiscard]] Result<Workload> workload_from_json(const Json& json, const std::string& where);

// Every *.json of the folder, by id. Errors: kUsage; also if two files have one id.
[[nodiscard]] Result<std::map<std::string, Workload>> read_workloads(const std::filesystem::path& folder);

// A workload by id. Errors: kUsage, listing the ids there are; where says who asks ("suite 'quick'").
[[nodiscard]] Result<const Workload*> find_workload(const std::map<std::string, Workload>& workloads,
                                                    const std::string& id, const std::string& where);

// The given values over the defaults. Errors: kUsage for an unknown parameter or a value that is not allowed.
[[nodiscard]] Result<Parameters> complete_parameters(const Workload& workload, const Parameters& given);

}  // namespace assay::plan
