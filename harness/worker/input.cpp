#include "harness/worker/input.hpp"

#include <fmt/ranges.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace assay::worker {
namespace {

// Texts beyond this row stay as they are: copies of the pages of ten million rows would be gigabytes.
constexpr std::uint64_t kAlteredTexts = 65'536;

const assay_column* find_number(const assay_table& table) {
  for (const assay_type wanted : {ASSAY_TYPE_DATE32, ASSAY_TYPE_FLOAT64, ASSAY_TYPE_INT32}) {
    for (std::uint32_t i = 0; i < table.column_count; ++i) {
      if (table.columns[i]->type == wanted) return table.columns[i];
    }
  }
  return nullptr;
}

// Runs change while the pages of [data, data + bytes) are writable.
template <class Change>
Status with_writable(const void* data, std::uint64_t bytes, Change change) {
  if (bytes == 0) return {};
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const std::uintptr_t into_page = reinterpret_cast<std::uintptr_t>(data) % page;
  void* const address = const_cast<char*>(static_cast<const char*>(data) - into_page);
  const std::size_t length = (into_page + bytes + page - 1) / page * page;
  if (::mprotect(address, length, PROT_READ | PROT_WRITE) != 0) {
    return fail(ErrorKind::kInternal, "cannot alter the input: {}", std::strerror(errno));
  }
  change();
  if (::mprotect(address, length, PROT_READ) != 0) {
    return fail(ErrorKind::kInternal, "cannot protect the input again: {}", std::strerror(errno));
  }
  return {};
}

template <class T>
Status add_to_every_second(const void* data, std::uint64_t rows, int delta) {
  T* const values = const_cast<T*>(static_cast<const T*>(data));
  return with_writable(data, rows * sizeof(T), [=] {
    for (std::uint64_t row = 0; row < rows; row += 2) {
      values[row] = static_cast<T>(values[row] + static_cast<T>(delta));
    }
  });
}

bool is_ascii_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

// Its own inverse, and valid UTF-8 stays valid.
template <class Offset>
Status swap_first_letters(const assay_column& column, std::uint64_t rows) {
  const auto* const offsets = static_cast<const Offset*>(column.offsets);
  char* const text = const_cast<char*>(static_cast<const char*>(column.data));
  rows = std::min(rows, kAlteredTexts);
  return with_writable(text + offsets[0], static_cast<std::uint64_t>(offsets[rows] - offsets[0]), [=] {
    for (std::uint64_t row = 0; row < rows; row += 2) {
      char* const begin = text + offsets[row];
      const bool swappable =
          offsets[row + 1] - offsets[row] >= 2 && is_ascii_letter(begin[0]) && is_ascii_letter(begin[1]);
      if (swappable) std::swap(begin[0], begin[1]);
    }
  });
}

Status swap_texts(const assay_table& table, std::vector<std::string>& names) {
  for (std::uint32_t i = 0; i < table.column_count && table.row_count > 0; ++i) {
    const assay_column& column = *table.columns[i];
    if (column.type != ASSAY_TYPE_UTF8 && column.type != ASSAY_TYPE_LARGE_UTF8) continue;
    ASSAY_CHECK(column.type == ASSAY_TYPE_UTF8 ? swap_first_letters<std::int32_t>(column, table.row_count)
                                               : swap_first_letters<std::int64_t>(column, table.row_count));
    names.emplace_back(std::string(table.name) + "." + column.name);
  }
  return {};
}

Result<std::string> change(const assay_dataset& dataset, int delta) {
  if (dataset.table_count == 0) return fail(ErrorKind::kUsage, "the data set has no table");
  std::vector<std::string> names;
  const assay_table& first = *dataset.tables[0];
  if (const assay_column* const column = find_number(first); column != nullptr && first.row_count > 0) {
    ASSAY_CHECK(column->type == ASSAY_TYPE_FLOAT64
                    ? add_to_every_second<double>(column->data, first.row_count, delta)
                    : add_to_every_second<std::int32_t>(column->data, first.row_count, delta));
    names.emplace_back(std::string(first.name) + "." + column->name);
  }
  for (std::uint32_t i = 0; i < dataset.table_count; ++i) ASSAY_CHECK(swap_texts(*dataset.tables[i], names));
  if (names.empty()) {
    return fail(ErrorKind::kUsage,
                "table '{}' has no date32, float64 or int32 column and no table a text column to alter", first.name);
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

Result<std::string> alter_input(const assay_dataset& dataset) {
  return change(dataset, 1);
}
Result<std::string> restore_input(const assay_dataset& dataset) {
  return change(dataset, -1);
}

EmptyInput::EmptyInput(const assay_dataset& original) : dataset_(original) {
  for (std::uint32_t i = 0; i < original.table_count; ++i) {
    tables_.push_back(*original.tables[i]);
    tables_.back().row_count = 0;
    pointers_.push_back(&tables_.back());
  }
  dataset_.tables = pointers_.data();
}

}  // namespace assay::worker
