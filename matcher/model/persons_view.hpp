// A table of persons as columns in Arrow memory layout, owned by somebody else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace matcher {

// Bit i of a validity bitmap, least significant first; no bitmap means "no nulls".
[[nodiscard]] inline bool is_valid(const std::uint8_t* validity, std::size_t row) {
  return validity == nullptr || ((validity[row / 8] >> (row % 8)) & 1U) != 0;
}

// An Arrow utf8 column: offsets has row_count + 1 entries. A column without offsets is absent: every row is null.
struct TextColumn {
  const std::int32_t* offsets = nullptr;
  const char* data = nullptr;
  const std::uint8_t* validity = nullptr;

  [[nodiscard]] bool is_absent() const { return offsets == nullptr; }
  [[nodiscard]] bool valid(std::size_t row) const { return !is_absent() && is_valid(validity, row); }
  // REQUIRES: valid(row).
  [[nodiscard]] std::string_view operator[](std::size_t row) const {
    return {data + offsets[row], static_cast<std::size_t>(offsets[row + 1] - offsets[row])};
  }
  // Null reads as "".
  [[nodiscard]] std::string_view text_or_empty(std::size_t row) const {
    return valid(row) ? (*this)[row] : std::string_view();
  }
};

// An Arrow date32 column: days since 1970-01-01.
struct DateColumn {
  const std::int32_t* days = nullptr;
  const std::uint8_t* validity = nullptr;

  [[nodiscard]] bool valid(std::size_t row) const { return days != nullptr && is_valid(validity, row); }
};

// All columns have row_count rows or are absent; id has no nulls.
struct PersonsView {
  std::size_t row_count = 0;
  const std::int64_t* id = nullptr;
  TextColumn uuid{};
  TextColumn first_name{};
  TextColumn middle_name{};
  TextColumn last_name{};
  TextColumn hh_id{};
  TextColumn barangay_code{};
  TextColumn city_code{};
  TextColumn text_id{};  // see PersonsTable
  DateColumn birthdate{};
};

}  // namespace matcher
