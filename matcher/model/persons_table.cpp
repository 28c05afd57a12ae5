// A table of persons that owns its columns.
#include "matcher/model/persons_table.hpp"

namespace matcher {
namespace {

void append_bit(std::vector<std::uint8_t>& bitmap, std::size_t row, bool bit) {
  if (row % 8 == 0) bitmap.push_back(0);
  if (bit) bitmap.back() = static_cast<std::uint8_t>(bitmap.back() | (1U << (row % 8)));
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
  return {.row_count = id.size(),
          .id = id.data(),
          .uuid = uuid.view(),
          .first_name = first_name.view(),
          .middle_name = middle_name.view(),
          .last_name = last_name.view(),
          .hh_id = hh_id.view(),
          .barangay_code = barangay_code.view(),
          .city_code = city_code.view(),
          .text_id = text_id.view(),
          .birthdate = birthdate.view()};
}

}  // namespace matcher
