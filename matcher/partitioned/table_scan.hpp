// What one pass over a table tells about it, kept in the journal.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>

#include "matcher/model/error.hpp"
#include "matcher/model/persons_table.hpp"
#include "matcher/partitioned/partitioned_input.hpp"
#include "matcher/partitioned/row_spill.hpp"

namespace matcher {

inline constexpr std::size_t kScanBatchRows = 8192;

struct TableScan {
  TableFacts facts{};
  ColumnMask columns = 0;
};

[[nodiscard]] nlohmann::json to_json(const TableScan& scan);
[[nodiscard]] TableScan scan_from_json(const nlohmann::json& json);

// A table without rows and with these columns.
[[nodiscard]] PersonsTable table_of_columns(ColumnMask columns);

// Reads a source to its end and hands each batch on with the number of its first row. Errors: those of the source and
// of take; kBadInput for more rows than numbers can name.
using TakeBatch = std::function<Status(const PersonsTable& batch, std::uint64_t first_number)>;
[[nodiscard]] Result<TableScan> scan_table(const PartitionedInput& input, const TakeBatch& take);

}  // namespace matcher
