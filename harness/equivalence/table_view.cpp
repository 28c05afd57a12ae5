#include "harness/equivalence/table_view.hpp"

#include <fmt/format.h>

#include <chrono>

namespace assay::equivalence {
namespace {

bool aligned(const void* pointer, std::size_t bytes) {
  return reinterpret_cast<std::uintptr_t>(pointer) % bytes == 0;
}

template <class Offset>
Status check_offsets(const ColumnView& column, std::uint64_t row_count, std::string_view name) {
  const auto* offsets = static_cast<const Offset*>(column.offsets);
  if (offsets[0] < 0) {
    return fail(ErrorKind::kPlugin, "result column '{}': the first offset is {}; offsets start at 0 or more", name,
                offsets[0]);
  }
  std::uint64_t descents = 0;  // counted, not searched: the loop has no exit and vectorizes
  for (std::uint64_t row = 0; row < row_count; ++row) descents += offsets[row + 1] < offsets[row] ? 1U : 0U;
  if (descents == 0) return {};
  std::uint64_t row = 0;
  while (offsets[row + 1] >= offsets[row]) ++row;
  return fail(ErrorKind::kPlugin, "result column '{}': row {} ends at offset {}, before its start at {}", name, row,
              offsets[row + 1], offsets[row]);
}

Status check_text_view(const ColumnView& column, std::uint64_t row_count, std::string_view name) {
  if (column.offsets == nullptr) {
    return fail(ErrorKind::kPlugin, "result column '{}': {} rows of text without offsets", name, row_count);
  }
  if (!aligned(column.offsets, value_bytes(column.type))) {
    return fail(ErrorKind::kPlugin, "result column '{}': the offsets are not aligned to {} bytes", name,
                value_bytes(column.type));
  }
  ASSAY_CHECK(column.type == ASSAY_TYPE_UTF8 ? check_offsets<std::int32_t>(column, row_count, name)
                                             : check_offsets<std::int64_t>(column, row_count, name));
  if (column.data == nullptr && column.offset(row_count) > column.offset(0)) {
    return fail(ErrorKind::kPlugin, "result column '{}': {} bytes of text promised, but no data", name,
                column.offset(row_count) - column.offset(0));
  }
  return {};
}

Result<ColumnView> view_column(const assay_column* column, std::size_t position, std::uint64_t row_count,
                               const ColumnContract& contract) {
  if (column == nullptr) {
    return fail(ErrorKind::kPlugin, "result column {} ('{}'): the column pointer is null", position, contract.name);
  }
  if (!ASSAY_HAS(column, data)) {
    return fail(ErrorKind::kPlugin, "result column {} ('{}'): struct_size is {}, at least {} needed", position,
                contract.name, column->struct_size, sizeof(assay_column));
  }
  if (column->name == nullptr || contract.name != column->name) {
    return fail(ErrorKind::kPlugin, "result column {}: the contract says '{}', the plugin delivers '{}'", position,
                contract.name, column->name == nullptr ? "(no name)" : column->name);
  }
  if (column->type != contract.type) {
    return fail(ErrorKind::kPlugin, "result column '{}': the contract says {}, the plugin delivers {}", contract.name,
                type_name(contract.type), type_name(column->type));
  }
  const ColumnView view{column->type, column->validity, column->offsets, column->data};
  ASSAY_CHECK(check_column_view(view, row_count, contract.name));
  return view;
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kMostBytes = 60;
  std::string quoted = "\"";
  for (const char symbol : text.substr(0, kMostBytes)) {
    const auto byte = static_cast<unsigned char>(symbol);
    if (symbol == '"' || symbol == '\\') {
      quoted += {'\\', symbol};
    } else if (byte < 0x20 || byte > 0x7e) {
      quoted += fmt::format("\\x{:02x}", byte);
    } else {
      quoted += symbol;
    }
  }
  quoted += '"';
  if (text.size() > kMostBytes) quoted += fmt::format("... ({} bytes)", text.size());
  return quoted;
}

std::string date_text(std::int32_t days) {
  constexpr std::int32_t kFarthest = 3'000'000;  // years -6243 to 10183; beyond, a calendar date helps nobody
  if (days < -kFarthest || days > kFarthest) return fmt::format("day {}", days);
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

}  // namespace

Result<TableView> view_result(const assay_table& table, const ResultContract& contract) {
  if (!ASSAY_HAS(&table, columns)) {
    return fail(ErrorKind::kPlugin, "result table: struct_size is {}, at least {} needed", table.struct_size,
                sizeof(assay_table));
  }
  if (table.column_count != contract.columns.size()) {
    return fail(ErrorKind::kPlugin, "result table: the contract says {} columns, the plugin delivers {}",
                contract.columns.size(), table.column_count);
  }
  if (table.columns == nullptr) return fail(ErrorKind::kPlugin, "result table: the columns pointer is null");
  TableView view{table.row_count, {}};
  for (std::size_t i = 0; i < contract.columns.size(); ++i) {
    ASSAY_TRY(const ColumnView column, view_column(table.columns[i], i, table.row_count, contract.columns[i]));
    view.columns.push_back(column);
  }
  return view;
}

Status check_column_view(const ColumnView& column, std::uint64_t row_count, std::string_view name) {
  constexpr std::uint64_t kMostRows = 1ULL << 48;  // more cannot be addressed: a count like that is garbage
  if (row_count > kMostRows) {
    return fail(ErrorKind::kPlugin, "result column '{}': {} rows cannot be in memory", name, row_count);
  }
  if (row_count == 0) return {};
  if (is_text(column.type)) return check_text_view(column, row_count, name);
  if (column.data == nullptr) {
    return fail(ErrorKind::kPlugin, "result column '{}': {} rows without data", name, row_count);
  }
  if (!aligned(column.data, value_bytes(column.type))) {
    return fail(ErrorKind::kPlugin, "result column '{}': the data is not aligned to {} bytes", name,
                value_bytes(column.type));
  }
  return {};
}

bool is_known_type(assay_type type) {
  return type >= ASSAY_TYPE_INT32 && type <= ASSAY_TYPE_LARGE_UTF8;
}

std::string_view type_name(assay_type type) {
  switch (type) {
    case ASSAY_TYPE_INT32:
      return "int32";
    case ASSAY_TYPE_INT64:
      return "int64";
    case ASSAY_TYPE_UINT32:
      return "uint32";
    case ASSAY_TYPE_UINT64:
      return "uint64";
    case ASSAY_TYPE_FLOAT64:
      return "float64";
    case ASSAY_TYPE_DATE32:
      return "date32";
    case ASSAY_TYPE_UTF8:
      return "utf8";
    case ASSAY_TYPE_LARGE_UTF8:
      return "large_utf8";
    default:
      return "an unknown type";
  }
}

std::string cell_text(const ColumnView& column, std::uint64_t row) {
  if (column.is_null(row)) return "null";
  switch (column.type) {
    case ASSAY_TYPE_INT32:
      return fmt::format("{}", column.values<std::int32_t>()[row]);
    case ASSAY_TYPE_INT64:
      return fmt::format("{}", column.values<std::int64_t>()[row]);
    case ASSAY_TYPE_UINT32:
      return fmt::format("{}", column.values<std::uint32_t>()[row]);
    case ASSAY_TYPE_UINT64:
      return fmt::format("{}", column.values<std::uint64_t>()[row]);
    case ASSAY_TYPE_FLOAT64:
      return fmt::format("{}", column.values<double>()[row]);
    case ASSAY_TYPE_DATE32:
      return date_text(column.values<std::int32_t>()[row]);
    default:
      return quoted(column.text(row));
  }
}

}  // namespace assay::equivalence
