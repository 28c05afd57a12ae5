#include "harness/plan/workload.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "harness/core/json.hpp"

namespace assay::plan {
namespace {

Result<assay_type> type_from(const std::string& where, const std::string& name) {
  static const std::map<std::string, assay_type> kTypes{
      {"int32", ASSAY_TYPE_INT32},   {"int64", ASSAY_TYPE_INT64},          {"uint32", ASSAY_TYPE_UINT32},
      {"uint64", ASSAY_TYPE_UINT64}, {"float64", ASSAY_TYPE_FLOAT64},      {"date32", ASSAY_TYPE_DATE32},
      {"utf8", ASSAY_TYPE_UTF8},     {"large_utf8", ASSAY_TYPE_LARGE_UTF8}};
  const auto found = kTypes.find(name);
  if (found == kTypes.end()) return fail(ErrorKind::kUsage, "{}: unknown column type '{}'", where, name);
  return found->second;
}

Result<InputTable> read_input(const Json& json, const std::string& where) {
  ASSAY_CHECK(check_keys(json, where, {"table", "columns"}));
  InputTable table;
  ASSAY_TRY(table.name, member<std::string>(json, where, "table"));
  for (const Json& entry : json["columns"]) {
    ASSAY_CHECK(check_keys(entry, where + ".columns", {"name", "type", "nullable"}));
    InputColumn column;
    ASSAY_TRY(column.name, member<std::string>(entry, where, "name"));
    ASSAY_TRY(const std::string type, member<std::string>(entry, where, "type"));
    ASSAY_TRY(column.type, type_from(where, type));
    ASSAY_TRY(column.nullable, member<bool>(entry, where, "nullable"));
    table.columns.push_back(std::move(column));
  }
  return table;
}

Result<ColumnContract> read_result_column(const Json& json, const std::string& where) {
  ASSAY_CHECK(check_keys(json, where, {"name", "type"}, {"meaning", "absolute_tolerance", "relative_tolerance"}));
  ColumnContract column;
  ASSAY_TRY(column.name, member<std::string>(json, where, "name"));
  ASSAY_TRY(const std::string type, member<std::string>(json, where, "type"));
  ASSAY_TRY(column.type, type_from(where, type));
  column.absolute_tolerance = json.value("absolute_tolerance", 0.0);
  column.relative_tolerance = json.value("relative_tolerance", 0.0);
  return column;
}

Result<ResultContract> read_result(const Json& json, const std::string& where) {
  ASSAY_CHECK(check_keys(json, where, {"table", "order", "key", "columns"}));
  ResultContract contract;
  ASSAY_TRY(const std::string order, member<std::string>(json, where, "order"));
  if (order != "any" && order != "exact") {
    return fail(ErrorKind::kUsage, "{}.order is '{}'; it must be 'any' or 'exact'", where, order);
  }
  contract.ordered = order == "exact";
  ASSAY_TRY(contract.key, member<std::vector<std::string>>(json, where, "key"));
  for (const Json& entry : json["columns"]) {
    ASSAY_TRY(ColumnContract column, read_result_column(entry, where + ".columns"));
    contract.columns.push_back(std::move(column));
  }
  for (const std::string& key : contract.key) {
    const auto is_key = [&](const ColumnContract& column) { return column.name == key; };
    if (std::none_of(contract.columns.begin(), contract.columns.end(), is_key)) {
      return fail(ErrorKind::kUsage, "{}.key names '{}', which is no result column", where, key);
    }
  }
  return contract;
}

Result<Parameter> read_parameter(const Json& json, const std::string& where) {
  ASSAY_CHECK(check_keys(json, where, {"default", "values"}));
  Parameter parameter;
  ASSAY_TRY(parameter.standard, member<std::string>(json, where, "default"));
  if (!json["values"].is_null()) {
    ASSAY_TRY(parameter.values, member<std::vector<std::string>>(json, where, "values"));
  }
  return parameter;
}

}  // namespace

Result<Workload> read_workload(const std::filesystem::path& file) {
  const std::string where = file.string();
  ASSAY_TRY(const Json json, read_json(file));
  ASSAY_CHECK(check_keys(json, where, {"schema", "id", "summary", "inputs", "parameters", "result"}));
  if (json["schema"] != "assay-workload/1") {
    return fail(ErrorKind::kUsage, "{}: schema is {}, expected \"assay-workload/1\"", where, json["schema"].dump());
  }
  Workload workload;
  workload.file = file;
  ASSAY_TRY(workload.id, member<std::string>(json, where, "id"));
  ASSAY_TRY(workload.summary, member<std::string>(json, where, "summary"));
  for (const Json& entry : json["inputs"]) {
    ASSAY_TRY(InputTable table, read_input(entry, where + ": inputs"));
    workload.inputs.push_back(std::move(table));
  }
  for (const auto& entry : json["parameters"].items()) {
    ASSAY_TRY(workload.parameters[entry.key()], read_parameter(entry.value(), where + ": parameters." + entry.key()));
  }
  ASSAY_TRY(workload.result, read_result(json["result"], where + ": result"));
  return workload;
}

Result<std::map<std::string, Workload>> read_workloads(const std::filesystem::path& folder) {
  std::map<std::string, Workload> workloads;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() != ".json") continue;
    ASSAY_TRY(Workload workload, read_workload(entry.path()));
    const std::string id = workload.id;
    if (!workloads.emplace(id, std::move(workload)).second) {
      return fail(ErrorKind::kUsage, "workload id '{}' is used by two files in '{}'", id, folder.string());
    }
  }
  if (error) return fail(ErrorKind::kUsage, "cannot read workload folder '{}': {}", folder.string(), error.message());
  return workloads;
}

Result<Parameters> complete_parameters(const Workload& workload, const Parameters& given) {
  Parameters complete;
  for (const auto& [name, parameter] : workload.parameters) complete[name] = parameter.standard;
  for (const auto& [name, value] : given) {
    const auto found = workload.parameters.find(name);
    if (found == workload.parameters.end()) {
      std::vector<std::string> known;
      for (const auto& entry : workload.parameters) known.push_back(entry.first);
      return fail(ErrorKind::kUsage, "workload '{}' has no parameter '{}'; it has: {}", workload.id, name,
                  fmt::join(known, ", "));
    }
    const auto& allowed = found->second.values;
    if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), value) == allowed.end()) {
      return fail(ErrorKind::kUsage, "workload '{}': parameter '{}' cannot be '{}'; allowed: {}", workload.id, name,
                  value, fmt::join(allowed, ", "));
    }
    complete[name] = value;
  }
  return complete;
}

}  // namespace assay::plan
