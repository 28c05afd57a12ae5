// Rows to bytes and back.
#include "matcher/partitioned/row_spill.hpp"

namespace matcher {
namespace {

constexpr std::uint32_t kHasBirthdate = std::uint32_t{1} << 31;
constexpr std::size_t kFixedBytes = sizeof(std::uint32_t);  // the length before each row

std::string_view text_at(const TextColumn& column, std::size_t row) {
  return column[row];
}

}  // namespace

ColumnMask declared_columns(const PersonsTable& table) {
  ColumnMask columns = 0;
  for (std::size_t i = 0; i < kTextColumns.size(); ++i) {
    if ((table.*kTextColumns[i]).is_declared()) columns |= ColumnMask{1} << i;
  }
  return columns;
}

void declare_columns(ColumnMask columns, PersonsTable& table) {
  for (std::size_t i = 0; i < kTextColumns.size(); ++i) {
    if (((columns >> i) & 1U) != 0) (table.*kTextColumns[i]).declare();
  }
}

void append_row(const PersonsTable& table, std::size_t row, std::uint32_t number, std::string& out) {
  const std::size_t begin = out.size();
  append_value(out, std::uint32_t{0});
  append_value(out, number);
  append_value(out, table.id[row]);
  std::uint32_t present = 0;
  const DateColumn birthdate = table.birthdate.view();
  if (birthdate.valid(row)) present |= kHasBirthdate;
  for (std::size_t i = 0; i < kTextColumns.size(); ++i) {
    if ((table.*kTextColumns[i]).view().valid(row)) present |= std::uint32_t{1} << i;
  }
  append_value(out, present);
  if (birthdate.valid(row)) append_value(out, birthdate.days[row]);
  for (std::size_t i = 0; i < kTextColumns.size(); ++i) {
    if (((present >> i) & 1U) != 0) append_text(out, text_at((table.*kTextColumns[i]).view(), row));
  }
  const auto size = static_cast<std::uint32_t>(out.size() - begin - kFixedBytes);
  out.replace(begin, kFixedBytes, reinterpret_cast<const char*>(&size), kFixedBytes);
}

Result<std::optional<std::uint32_t>> read_row(SpillReader& reader, ColumnMask columns, PersonsTable& table) {
  const auto head = reader.take(kFixedBytes);
  if (!head) return tl::unexpected(head.error());
  if (head->empty()) return std::nullopt;
  const auto body = reader.take(ValueReader(*head).value<std::uint32_t>());
  if (!body) return tl::unexpected(body.error());
  ValueReader values(*body);
  const auto number = values.value<std::uint32_t>();
  table.id.push_back(values.value<std::int64_t>());
  const auto present = values.value<std::uint32_t>();
  const bool has_date = (present & kHasBirthdate) != 0;
  table.birthdate.append(has_date ? std::optional(values.value<std::int32_t>()) : std::nullopt);
  for (std::size_t i = 0; i < kTextColumns.size(); ++i) {
    if (((columns >> i) & 1U) == 0) continue;
    TextBuilder& column = table.*kTextColumns[i];
    ((present >> i) & 1U) != 0 ? column.append(values.text()) : column.append_null();
  }
  return number;
}

Result<NumberedRows> read_rows(SpillReader& reader, ColumnMask columns, std::size_t most_bytes) {
  NumberedRows rows;
  declare_columns(columns, rows.table);
  const std::uint64_t begin = reader.taken();
  while (reader.taken() - begin < most_bytes) {
    const auto number = read_row(reader, columns, rows.table);
    if (!number) return tl::unexpected(number.error());
    if (!*number) break;
    rows.numbers.push_back(**number);
  }
  return rows;
}

}  // namespace matcher
