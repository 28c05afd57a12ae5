// Counts rows and nulls batch by batch.
#include "matcher/partitioned/table_scan.hpp"

#include <string>
#include <utility>

namespace matcher {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostRows = 0x7fffffff;  // row numbers are 32-bit

void count(const PersonsView& batch, std::optional<std::int64_t>& last_id, TableFacts& facts) {
  for (std::size_t row = 0; row < batch.row_count; ++row) {
    facts.ids_ascend = facts.ids_ascend && (!last_id || batch.id[row] > *last_id);
    last_id = batch.id[row];
    facts.nulls[0] += batch.first_name.valid(row) ? 0U : 1U;
    facts.nulls[1] += batch.middle_name.valid(row) ? 0U : 1U;
    facts.nulls[2] += batch.last_name.valid(row) ? 0U : 1U;
    facts.nulls[3] += batch.birthdate.valid(row) ? 0U : 1U;
  }
  facts.rows += batch.row_count;
}

}  // namespace

Json to_json(const TableScan& scan) {
  Json examples = Json::array();
  for (const BadRow& row : scan.facts.report.examples) examples.push_back({row.line, row.reason});
  return {
      {"rows", scan.facts.rows}, {"bad_rows", scan.facts.report.bad_rows}, {"bad_dates", scan.facts.report.bad_dates},
      {"examples", examples},    {"ids_ascend", scan.facts.ids_ascend},    {"nulls", scan.facts.nulls},
      {"columns", scan.columns}};
}

TableScan scan_from_json(const Json& json) {
  TableScan scan;
  scan.facts.rows = json.at("rows");
  scan.facts.report.bad_rows = json.at("bad_rows");
  scan.facts.report.bad_dates = json.at("bad_dates");
  for (const Json& row : json.at("examples")) {
    scan.facts.report.examples.push_back({row[0].get<std::size_t>(), row[1].get<std::string>()});
  }
  scan.facts.ids_ascend = json.at("ids_ascend");
  scan.facts.nulls = json.at("nulls");
  scan.columns = json.at("columns");
  return scan;
}

PersonsTable table_of_columns(ColumnMask columns) {
  PersonsTable table;
  declare_columns(columns, table);
  return table;
}

Result<TableScan> scan_table(const PartitionedInput& input, const TakeBatch& take) {
  auto source = input.open();
  if (!source) return hand_on(source);
  TableScan scan;
  std::optional<std::int64_t> last_id;
  for (bool more = true; more;) {
    PersonsTable batch;
    const auto read = (*source)->read(batch, kScanBatchRows);
    if (!read) return tl::unexpected(read.error());
    more = *read;
    scan.columns |= declared_columns(batch);
    const std::uint64_t first_number = scan.facts.rows;
    count(batch.view(), last_id, scan.facts);
    if (scan.facts.rows > kMostRows) {
      return fail(ErrorKind::kBadInput, "{}: has more than {} rows; split it", (*source)->name(), kMostRows);
    }
    if (auto status = take(batch, first_number); !status) return hand_on(status);
  }
  scan.facts.report = (*source)->report();
  return scan;
}

}  // namespace matcher
