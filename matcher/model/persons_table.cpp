// A table of persons that owns its columns.
#include "matcher/model/persons_table.hpp"

#include <atomic>
#include <utility>

#include "matcher/parallel/fork_join.hpp"

namespace matcher {
namespace {

void append_bit(std::vector<std::uint8_t>& bitmap, std::size_t row, bool bit) {
  if (row % 8 == 0) bitmap.push_back(0);
  if (bit) bitmap.back() = static_cast<std::uint8_t>(bitmap.back() | (1U << (row % 8)));
}

// Appends the first `count` bits of `more` to a bitmap of `rows` bits.
void append_bits(std::vector<std::uint8_t>& bitmap, std::size_t rows, const std::vector<std::uint8_t>& more,
                 std::size_t count) {
  const std::size_t shift = rows % 8;
  bitmap.resize((rows + count + 7) / 8);
  for (std::size_t i = 0; i < (count + 7) / 8; ++i) {
    const std::size_t at = rows / 8 + i;
    bitmap[at] = static_cast<std::uint8_t>(bitmap[at] | (more[i] << shift));
    if (shift != 0 && at + 1 < bitmap.size()) bitmap[at + 1] = static_cast<std::uint8_t>(more[i] >> (8 - shift));
  }
}

}  // namespace

void TextBuilder::append_row(bool valid) {
  append_bit(validity_, row_count(), valid);
  offsets_.push_back(static_cast<std::int32_t>(data_.size()));
}

void TextBuilder::append(const TextBuilder& other) {
  declared_ = declared_ || other.declared_;
  append_bits(validity_, row_count(), other.validity_, other.row_count());
  const auto base = static_cast<std::int32_t>(data_.size());
  data_ += other.data_;
  const std::size_t rows = row_count();
  offsets_.resize(offsets_.size() + other.row_count());
  for (std::size_t row = 1; row < other.offsets_.size(); ++row) offsets_[rows + row] = base + other.offsets_[row];
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

void DateBuilder::append(const DateBuilder& other) {
  append_bits(validity_, days_.size(), other.validity_, other.days_.size());
  days_.insert(days_.end(), other.days_.begin(), other.days_.end());
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

std::optional<PersonsTable> concatenate(std::vector<PersonsTable> parts, unsigned threads) {
  if (parts.size() == 1) return std::move(parts.front());
  PersonsTable whole;
  std::atomic<bool> fits = true;
  const auto append_texts = [&](TextBuilder PersonsTable::*column) {
    std::size_t rows = 0;
    std::size_t bytes = 0;
    for (const PersonsTable& part : parts) {
      rows += (part.*column).row_count();
      bytes += (part.*column).byte_count();
    }
    if (bytes > TextBuilder::kMaxBytes) {
      fits = false;
      return;
    }
    TextBuilder& target = whole.*column;
    if (rows > 0) target.reserve(rows, bytes);
    for (PersonsTable& part : parts) {
      target.append(part.*column);
      part.*column = {};
    }
  };
  fork_join(threads, kTextColumns.size() + 1, [&](unsigned, std::size_t column) {
    if (column < kTextColumns.size()) return append_texts(kTextColumns[column]);
    std::size_t rows = 0;
    for (const PersonsTable& part : parts) rows += part.id.size();
    whole.id.reserve(rows);
    whole.birthdate.reserve(rows);
    for (const PersonsTable& part : parts) {
      whole.id.insert(whole.id.end(), part.id.begin(), part.id.end());
      whole.birthdate.append(part.birthdate);
    }
  });
  if (!fits) return std::nullopt;
  return whole;
}

}  // namespace matcher
