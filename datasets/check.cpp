#include "datasets/check.hpp"

#include <cstdint>
#include <vector>

#include "datasets/generate/error_model.hpp"
#include "datasets/generate/measure.hpp"
#include "datasets/load/column_view.hpp"
#include "datasets/load/dataset.hpp"

namespace assay::datasets {
namespace {

using Lines = std::vector<std::string>;

// Every leaf of the two documents that is not the same, by its path.
void compare(const Json& stated, const Json& counted, const std::string& where, Lines* lines) {
  const Json stated_leaves = stated.flatten();
  const Json counted_leaves = counted.flatten();
  for (const auto& leaf : counted_leaves.items()) {
    const auto found = stated_leaves.find(leaf.key());
    const std::string says = found == stated_leaves.end() ? "nothing" : found->dump();
    if (says != leaf.value().dump()) {
      lines->push_back(
          fmt::format("{}{}: the manifest says {}, counted {}", where, leaf.key(), says, leaf.value().dump()));
    }
  }
  for (const auto& leaf : stated_leaves.items()) {
    if (!counted_leaves.contains(leaf.key())) {
      lines->push_back(
          fmt::format("{}{}: the manifest says {}, counted nothing", where, leaf.key(), leaf.value().dump()));
    }
  }
}

bool has_columns(const assay_table* table, std::initializer_list<const char*> names) {
  if (table == nullptr) return false;
  for (const char* name : names) {
    if (find_column(*table, name) == nullptr) return false;
  }
  return true;
}

bool is_people(const assay_table* table) {
  return has_columns(table, {"id", "uuid", "first_name", "middle_name", "last_name", "birthdate", "hh_id"});
}

// Ids must rise from row to row, so that none occurs twice.
void check_ids(const assay_table& table, const char* name, Lines* lines) {
  const assay_column& ids = *find_column(table, name);
  for (std::uint64_t row = 1; row < table.row_count; ++row) {
    if (value<std::int64_t>(ids, row) > value<std::int64_t>(ids, row - 1)) continue;
    lines->push_back(fmt::format("{}: {} {} in row {} does not follow {}", table.name, name,
                                 value<std::int64_t>(ids, row), row, value<std::int64_t>(ids, row - 1)));
    return;
  }
}

// Ids are dense, so membership is a matter of the first and last one.
void check_references(const assay_table& truth, const char* name, const assay_table& table, Lines* lines) {
  if (table.row_count == 0) return;
  const assay_column& ids = *find_column(table, "id");
  const auto first = value<std::int64_t>(ids, 0);
  const auto last = value<std::int64_t>(ids, table.row_count - 1);
  const assay_column& references = *find_column(truth, name);
  for (std::uint64_t row = 0; row < truth.row_count; ++row) {
    const auto id = value<std::int64_t>(references, row);
    if (id >= first && id <= last) continue;
    lines->push_back(fmt::format("truth: {} {} in row {} is no id of table {}", name, id, row, table.name));
    return;
  }
}

void check_rates(const Json& errors, const Json& counted, Lines* lines) {
  for (const auto& item : counted.items()) {
    const Json stated = errors.value(item.key(), Json::object());
    const auto applied = item.value().get<std::uint64_t>();
    const auto eligible = stated.value("eligible", std::uint64_t{0});
    const auto rate = stated.value("per_65536", std::uint32_t{0});
    if (stated.value("applied", ~std::uint64_t{0}) != applied) {
      lines->push_back(fmt::format("errors/{}/applied: the manifest says {}, counted {}", item.key(),
                                   stated.value("applied", Json(nullptr)).dump(), applied));
    }
    if (!within_five_sigma(eligible, applied, rate)) {
      lines->push_back(fmt::format("errors/{}: {} of {} is not within five sigma of {} in 65536", item.key(), applied,
                                   eligible, rate));
    }
  }
}

}  // namespace

Result<CheckReport> check(const std::filesystem::path& folder, unsigned threads) {
  ASSAY_TRY(const Dataset dataset, Dataset::open(folder));
  CheckReport report;
  const Status verified = dataset.verify();
  if (!verified) report.differences.push_back(verified.error().message);
  const assay_table* const left = dataset.table("left");
  const assay_table* const right = dataset.table("right");
  const assay_table* const truth = dataset.table(kTruthTable);
  if (!is_people(left) || !is_people(right) || !has_columns(truth, {"left_id", "right_id", "error_kinds"})) {
    return fail(ErrorKind::kUsage,
                "'{}' is not a persons data set: tables left, right, truth and their columns are needed",
                folder.string());
  }
  check_ids(*left, "id", &report.differences);
  check_ids(*right, "id", &report.differences);
  check_ids(*truth, "right_id", &report.differences);
  check_references(*truth, "left_id", *left, &report.differences);
  check_references(*truth, "right_id", *right, &report.differences);
  // Damaged tables are not counted: their offsets and ids may lead anywhere.
  if (!report.differences.empty()) return report;
  const Json& document = dataset.manifest().document;
  check_rates(document.value("errors", Json::object()), count_error_kinds(*truth), &report.differences);
  compare(document.value("measured", Json::object()), measure(*left, *right, *truth, threads), "measured",
          &report.differences);
  return report;
}

}  // namespace assay::datasets
