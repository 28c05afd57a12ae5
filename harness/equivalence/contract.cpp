#include "harness/equivalence/contract.hpp"

#include <algorithm>
#include <cmath>

#include "harness/equivalence/table_view.hpp"

namespace assay::equivalence {
namespace {

bool is_tolerance(double value) {
  return std::isfinite(value) && value >= 0;
}

Status check_column(const ColumnContract& column, bool key) {
  if (!is_known_type(column.type)) {
    return fail(ErrorKind::kUsage, "result contract: column '{}' has the unknown type {}; see assay/plugin.h",
                column.name, column.type);
  }
  if (!is_tolerance(column.absolute_tolerance) || !is_tolerance(column.relative_tolerance)) {
    return fail(ErrorKind::kUsage, "result contract: column '{}' has the tolerance {} + {}; give finite numbers >= 0",
                column.name, column.absolute_tolerance, column.relative_tolerance);
  }
  if (!is_exact(column) && (key || is_text(column.type))) {
    return fail(ErrorKind::kUsage, "result contract: column '{}' is {} and cannot have a tolerance; remove it",
                column.name, key ? "a key" : "text");
  }
  return {};
}

std::size_t position(const ResultContract& contract, const std::string& name) {
  const auto at = std::find_if(contract.columns.begin(), contract.columns.end(),
                               [&](const ColumnContract& column) { return column.name == name; });
  return static_cast<std::size_t>(at - contract.columns.begin());
}

}  // namespace

std::vector<std::size_t> key_columns(const ResultContract& contract) {
  std::vector<std::size_t> positions;
  for (const std::string& name : contract.key) positions.push_back(position(contract, name));
  for (std::size_t i = 0; contract.key.empty() && i < contract.columns.size(); ++i) positions.push_back(i);
  return positions;
}

std::vector<std::size_t> value_columns(const ResultContract& contract) {
  const std::vector<std::size_t> keys = key_columns(contract);
  std::vector<std::size_t> positions;
  for (std::size_t i = 0; i < contract.columns.size(); ++i) {
    if (std::find(keys.begin(), keys.end(), i) == keys.end()) positions.push_back(i);
  }
  return positions;
}

Status check_contract(const ResultContract& contract) {
  if (contract.columns.empty()) return fail(ErrorKind::kUsage, "result contract: no columns; name at least one");
  for (std::size_t i = 0; i < contract.columns.size(); ++i) {
    if (position(contract, contract.columns[i].name) != i) {
      return fail(ErrorKind::kUsage, "result contract: column '{}' is named twice", contract.columns[i].name);
    }
  }
  for (const std::string& name : contract.key) {
    if (position(contract, name) == contract.columns.size()) {
      return fail(ErrorKind::kUsage, "result contract: key '{}' is not a column of the result", name);
    }
    if (std::count(contract.key.begin(), contract.key.end(), name) > 1) {
      return fail(ErrorKind::kUsage, "result contract: key '{}' is named twice", name);
    }
  }
  const std::vector<std::size_t> keys = key_columns(contract);
  for (std::size_t i = 0; i < contract.columns.size(); ++i) {
    ASSAY_CHECK(check_column(contract.columns[i], std::find(keys.begin(), keys.end(), i) != keys.end()));
  }
  return {};
}

}  // namespace assay::equivalence
