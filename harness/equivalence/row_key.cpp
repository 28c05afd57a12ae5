#include "harness/equivalence/row_key.hpp"

namespace assay::equivalence {
namespace {

template <class T>
int compare_values(const ColumnView& left, std::uint64_t a, const ColumnView& right, std::uint64_t b) {
  const T x = left.values<T>()[a];
  const T y = right.values<T>()[b];
  return static_cast<int>(x > y) - static_cast<int>(x < y);
}

int compare_cells(const ColumnView& left, std::uint64_t a, const ColumnView& right, std::uint64_t b) {
  const bool left_null = left.is_null(a);
  const bool right_null = right.is_null(b);
  if (left_null || right_null) return static_cast<int>(right_null) - static_cast<int>(left_null);
  switch (left.type) {
    case ASSAY_TYPE_INT32:
    case ASSAY_TYPE_DATE32:
      return compare_values<std::int32_t>(left, a, right, b);
    case ASSAY_TYPE_UINT32:
      return compare_values<std::uint32_t>(left, a, right, b);
    case ASSAY_TYPE_INT64:
    case ASSAY_TYPE_FLOAT64:
      return compare_values<std::int64_t>(left, a, right, b);
    case ASSAY_TYPE_UINT64:
      return compare_values<std::uint64_t>(left, a, right, b);
    default:
      return left.text(a).compare(right.text(b));
  }
}

}  // namespace

int compare_keys(const TableView& left, std::uint64_t a, const TableView& right, std::uint64_t b,
                 std::span<const std::size_t> keys) {
  for (const std::size_t key : keys) {
    const int order = compare_cells(left.columns[key], a, right.columns[key], b);
    if (order != 0) return order;
  }
  return 0;
}

KeyOrder key_order(const TableView& table, std::span<const std::size_t> keys, std::size_t most_examples) {
  KeyOrder order;
  for (std::uint64_t row = 1; row < table.row_count; ++row) {
    const int step = compare_keys(table, row - 1, table, row, keys);
    if (step > 0) return {false, 0, {}};
    if (step < 0) continue;
    ++order.duplicates;
    if (order.first_duplicates.size() < most_examples) order.first_duplicates.push_back(row);
  }
  return order;
}

}  // namespace assay::equivalence
