// Where results go: rows of cells into a CSV file, a workbook or a database table.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "matcher/model/error.hpp"

namespace matcher {

enum class CellType : std::uint8_t {
  kNull,      // nothing: an empty CSV field, an empty cell, NULL
  kInteger,   // `integer`
  kText,      // `text`, UTF-8
  kPercent2,  // `real` with two decimals
  kPercent6,  // `real` with six decimals
  kFloat,     // `real` as a 32-bit float, the fewest digits that read back the same: 1, 0.96161616
};

struct Cell {
  CellType type = CellType::kNull;
  std::int64_t integer = 0;
  double real = 0.0;
  std::string_view text{};
};

// A column has cells of this type or kNull.
struct Column {
  std::string name;
  CellType type = CellType::kText;
};

// Call order: begin write* finish. Nothing is to be seen under the final name before finish has succeeded, or, for a
// sink that was opened for a Publication, before that is published; an object that dies before leaves nothing behind.
// Every call after a failed one is illegal save destruction.
class TableSink {
 public:
  TableSink() = default;
  TableSink(const TableSink&) = delete;
  TableSink& operator=(const TableSink&) = delete;
  virtual ~TableSink() = default;

  [[nodiscard]] virtual Status begin(std::span<const Column> columns) = 0;
  // REQUIRES: one cell per column. Cells are copied or written before it returns.
  [[nodiscard]] virtual Status write(std::span<const Cell> row) = 0;
  [[nodiscard]] virtual Status finish() = 0;
};

}  // namespace matcher
