// A table of persons that owns its columns, filled row by row.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/model/persons_view.hpp"

namespace matcher {

// One Arrow utf8 column under construction.
class TextBuilder {
 public:
  // The most text one column can hold: Arrow utf8 offsets are 32-bit.
  static constexpr std::size_t kMaxBytes = 0x7fffffff;

  void append(std::string_view text) {
    data_.append(text);
    append_row(true);
  }
  void append_null() { append_row(false); }
  // False if append(text) would overflow the 32-bit offsets.
  [[nodiscard]] bool has_room_for(std::size_t bytes) const { return bytes <= kMaxBytes - data_.size(); }
  // Appends all rows of another column. REQUIRES: has_room_for(other.byte_count()).
  void append(const TextBuilder& other);
  void reserve(std::size_t rows, std::size_t bytes);
  [[nodiscard]] std::size_t byte_count() const { return data_.size(); }
  [[nodiscard]] std::size_t row_count() const { return offsets_.size() - 1; }
  // Says that the table has this column, even while it has no rows.
  void declare() { declared_ = true; }
  [[nodiscard]] bool is_declared() const { return declared_ || row_count() > 0; }
  // Valid until the next append. A column that is neither declared nor filled is absent.
  [[nodiscard]] TextColumn view() const {
    return is_declared() ? TextColumn{offsets_.data(), data_.data(), validity_.data()} : TextColumn{};
  }

 private:
  void append_row(bool valid);

  std::vector<std::int32_t> offsets_ = {0};
  std::string data_;
  std::vector<std::uint8_t> validity_;
  bool declared_ = false;
};

// One Arrow date32 column under construction.
class DateBuilder {
 public:
  void append(std::optional<std::int32_t> days);
  void append(const DateBuilder& other);
  void reserve(std::size_t rows);
  // Valid until the next append.
  [[nodiscard]] DateColumn view() const { return {days_.data(), validity_.data()}; }

 private:
  std::vector<std::int32_t> days_;
  std::vector<std::uint8_t> validity_;
};

// Every append to id needs one append to each other column that is in use; the others stay empty (absent).
struct PersonsTable {
  std::vector<std::int64_t> id;
  TextBuilder uuid;
  TextBuilder first_name;
  TextBuilder middle_name;
  TextBuilder last_name;
  TextBuilder hh_id;
  TextBuilder barangay_code;
  TextBuilder city_code;
  TextBuilder text_id;  // what the source calls the row, where that is not a whole number; id is then the row's number
  DateBuilder birthdate;

  // Valid until the table changes or moves away.
  [[nodiscard]] PersonsView view() const;
};

// Every text column a persons table can have.
inline constexpr std::array<TextBuilder PersonsTable::*, 8> kTextColumns = {
    &PersonsTable::uuid,  &PersonsTable::first_name,    &PersonsTable::middle_name, &PersonsTable::last_name,
    &PersonsTable::hh_id, &PersonsTable::barangay_code, &PersonsTable::city_code,   &PersonsTable::text_id};

// All rows of the parts, one table after another, the columns on several threads. The parts are emptied as they go.
// Nothing if a column would hold more than TextBuilder::kMaxBytes. REQUIRES: the parts have the same columns.
[[nodiscard]] std::optional<PersonsTable> concatenate(std::vector<PersonsTable> parts, unsigned threads);

}  // namespace matcher
