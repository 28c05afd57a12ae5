#include "harness/worker/input.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

namespace assay::worker {
namespace {

const assay_column* find_column(const assay_table& table) {
  for (const assay_type wanted : {ASSAY_TYPE_DATE32, ASSAY_TYPE_FLOAT64, ASSAY_TYPE_INT32}) {
    for (std::uint32_t i = 0; i < table.column_count; ++i) {
      if (table.columns[i]->type == wanted) return table.columns[i];
    }
  }
  return nullptr;
}

template <class T>
void add_to_every_second(const void* data, std::uint64_t rows, int delta) {
  T* const values = const_cast<T*>(static_cast<const T*>(data));
  for (std::uint64_t row = 0; row < rows; row += 2) values[row] = static_cast<T>(values[row] + static_cast<T>(delta));
}

Result<std::string> shift(const assay_dataset& dataset, int delta) {
  if (dataset.table_count == 0) return fail(ErrorKind::kUsage, "the data set has no table");
  const assay_table& table = *dataset.tables[0];
  const assay_column* const column = find_column(table);
  if (column == nullptr || table.row_count < 2) {
    return fail(ErrorKind::kUsage, "table '{}' has no date32, float64 or int32 column with two rows to alter",
                table.name);
  }
  const std::uint64_t width = column->type == ASSAY_TYPE_FLOAT64 ? 8 : 4;
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const auto begin = reinterpret_cast<std::uintptr_t>(column->data) / page * page;
  const auto end = (reinterpret_cast<std::uintptr_t>(column->data) + table.row_count * width + page - 1) / page * page;
  void* const address = reinterpret_cast<void*>(begin);
  if (::mprotect(address, end - begin, PROT_READ | PROT_WRITE) != 0) {
    return fail(ErrorKind::kInternal, "cannot alter the input: {}", std::strerror(errno));
  }
  if (column->type == ASSAY_TYPE_FLOAT64) {
    add_to_every_second<double>(column->data, table.row_count, delta);
  } else {
    add_to_every_second<std::int32_t>(column->data, table.row_count, delta);
  }
  if (::mprotect(address, end - begin, PROT_READ) != 0) {
    return fail(ErrorKind::kInternal, "cannot protect the input again: {}", std::strerror(errno));
  }
  return std::string(column->name);
}

}  // namespace

Result<std::string> alter_input(const assay_dataset& dataset) {
  return shift(dataset, 1);
}
Result<std::string> restore_input(const assay_dataset& dataset) {
  return shift(dataset, -1);
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
