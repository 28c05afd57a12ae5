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
  if (found != kTypes.end()) return found->second;
  std::vector<std::string> known;
  for (const auto& entry : kTypes) known.push_back(entry.first);
  return fail(ErrorKind::kUsage, "{}: unknown column type '{}'; known: {}", where, name, fmt::join(known, ", "));
}

Result<InputTable> read_input(const Json& json, const std::string& where) {
  ASSAY_CHECK(check_keys(json, where, {"table", "columns"}));
  InputTable table;
  ASSAY_TRY(table.name, member<std::string>(json, where, "table"));
  ASSAY_TRY(const auto columns, member<Json::array_t>(json, where, "columns"));
  for (const Json& entry : columns) {
    ASSAY_CHECK(check_keys(entry, where + ".columns", {"name", "type", "nullable"}, {"meaning"}));
    InputColumn column;
    ASSAY_TRY(column.name, member<std::string>(entry, where, "name"));
    ASSAY_TRY(const std::string type, member<std::string>(entry, where, "type"));
    ASSAY_TRY(column.type, type_from(where, type));
    ASSAY_TRY(column.nullable, member<bool>(entry, where, "nullable"));
    table.columns.push_back(std::move(column));
  }
  return table;
}

// 0 if the key is absent.
Result<double> read_tolerance(const Json& json, const std::string& where, const char* key) {
  if (!json.contains(key)) return 0.0;
  ASSAY_TRY(const double tolerance, member<double>(json, where, key));
  if (tolerance < 0) return fail(ErrorKind::kUsage, "{}: key '{}' cannot be {}; give 0 or more", where, key, tolerance);
  return tolerance;
}

Result<ColumnContract> read_result_column(const Json& json, const std::string& where) {
  ASSAY_CHECK(check_keys(json, where, {"name", "type"}, {"meaning", "tolerance"}));
  ColumnContract column;
  ASSAY_TRY(column.name, member<std::string>(json, where, "name"));
  ASSAY_TRY(const std::string type, member<std::string>(json, where, "type"));
  ASSAY_TRY(column.type, type_from(where, type));
  if (!json.contains("tolerance")) return column;
  const std::string place = where + ".tolerance";
  ASSAY_CHECK(check_keys(json["tolerance"], place, {}, {"absolute", "relative"}));
  ASSAY_TRY(column.absolute_tolerance, read_tolerance(json["tolerance"], place, "absolute"));
  ASSAY_TRY(column.relative_tolerance, read_tolerance(json["tolerance"], place, "relative"));
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
  ASSAY_TRY(const auto columns, member<Json::array_t>(json, where, "columns"));
  for (const Json& entry : columns) {
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

bool allows(const Parameter& parameter, const std::string& value) {
  const auto& values = parameter.values;
  return values.empty() || std::find(values.begin(), values.end(), value) != values.end();
}

Result<Parameter> read_parameter(const Json& json, const std::string& where) {
  ASSAY_CHECK(check_keys(json, where, {"default", "values"}));
  Parameter parameter;
  ASSAY_TRY(parameter.standard, member<std::string>(json, where, "default"));
  if (!json["values"].is_null()) {
    ASSAY_TRY(parameter.values, member<std::vector<std::string>>(json, where, "values"));
  }
  if (!allows(parameter, parameter.standard)) {
    return fail(ErrorKind::kUsage, "{}: default '{}' is none of its values: {}", where, parameter.standard,
                fmt::join(parameter.values, ", "));
  }
  return parameter;
}

}  // namespace

Result<Workload> read_workload(const std::filesystem::path& file) {
  ASSAY_TRY(const Json json, read_json(file));
  ASSAY_TRY(Workload workload, workload_from_json(json, file.string()));
  workload.file = file;
  return workload;
}

Result<Workload> workload_from_json(const Json& json, const std::string& where) {
  ASSAY_CHECK(check_keys(json, where, {"schema", "id", "summary", "inputs", "parameters", "result"}));
  if (json["schema"] != "assay-workload/1") {
    return fail(ErrorKind::kUsage, "{}: schema is {}, expected \"assay-workload/1\"", where, json["schema"].dump());
  }
  Workload workload;
  ASSAY_TRY(workload.id, member<std::string>(json, where, "id"));
  ASSAY_TRY(workload.summary, member<std::string>(json, where, "summary"));
  ASSAY_TRY(const auto inputs, member<Json::array_t>(json, where, "inputs"));
  for (const Json& entry : inputs) {
    ASSAY_TRY(InputTable table, read_input(entry, where + ": inputs"));
    workload.inputs.push_back(std::move(table));
  }
  if (!json["parameters"].is_object()) {
    return fail(ErrorKind::kUsage, "{}: key 'parameters' cannot be {}; expected an object", where,
                short_text(json["parameters"]));
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

Result<const Workload*> find_workload(const std::map<std::string, Workload>& workloads, const std::string& id,
                                      const std::string& where) {
  if (const auto found = workloads.find(id); found != workloads.end()) return &found->second;
  std::vector<std::string> known;
  for (const auto& entry : workloads) known.push_back(entry.first);
  return fail(ErrorKind::kUsage, "{} names workload '{}', which does not exist; known: {}", where, id,
              fmt::join(known, ", "));
}

Result<Parameters> complete_parameters(const Workload& workload, const Parameters& given) {
  Parameters complete;
  for (const auto& [name, parameter] : workload.parameters) complete[name] = parameter.standard;
  for (const auto& [name, value] : given) {
    const auto found = workload.parameters.find(name);
    if (found == workload.parameters.end()) {
      std::vector<std::string> known;
      for (const auto& entry : workload.parameters) known.push_back(entry.first);
      return fail(ErrorKind::kUsage, "workload '{}' has no parameter '{}'; it has{}{}", workload.id, name,
                  known.empty() ? " none" : ": ", fmt::join(known, ", "));
    }
    if (!allows(found->second, value)) {
      return fail(ErrorKind::kUsage, "workload '{}': parameter '{}' cannot be '{}'; allowed: {}", workload.id, name,
                  value, fmt::join(found->second.values, ", "));
    }
    complete[name] = value;
  }
  return complete;
}

}  // namespace assay::plan
