// A table of persons that owns its columns.
#include "matcher/model/persons_table.hpp"

namespace matcher {
namespace {

void append_bit(std::vector<std::uint8_t>& bitmap, std::size_t row, bool bit) {
  if (row % 8 == 0) bitmap.push_back(0);
  if (bit) bitmap.back() = static_cast<std::uint8_t>(bitmap.back() | (1U << (row % 8)));
}

TextColumn view_or_absent(const TextBuilder& column, std::size_t rows) {
  return column.row_count() == rows ? column.view() : TextColumn{};
}

}  // namespace

void TextBuilder::append_row(bool valid) {
  append_bit(validity_, row_count(), valid);
  offsets_.push_back(static_cast<std::int32_t>(data_.size()));
}

void TextBuilder::reserve(std::size_t rows, std::size_t bytes) {
  offsets_.reserve(rows + 1);
  validity_.reserve((rows + 7) / 8);
  data_.reserve(bytes);
}

void DateBuilder::append(std::optional<std::int32_t> days) {
  append_bit(validity_, days_.size(), days.has_value());
  days_.push_back(days.value_or(0));
}

void DateBuilder::reserve(std::size_t rows) {
  days_.reserve(rows);
  validity_.reserve((rows + 7) / 8);
}

PersonsView PersonsTable::view() const {
  const std::size_t rows = id.size();
  return {.row_count = rows,
          .id = id.data(),
          .uuid = view_or_absent(uuid, rows),
          .first_name = view_or_absent(first_name, rows),
          .middle_name = view_or_absent(middle_name, rows),
          .last_name = view_or_absent(last_name, rows),
          .hh_id = view_or_absent(hh_id, rows),
          .birthdate = birthdate.view()};
}

}  // namespace matcher
