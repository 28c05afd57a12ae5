// Cells for the tests of sinks.
#pragma once

#include <cstdint>
#include <string_view>

#include "matcher/io/table_sink.hpp"

namespace matcher_test {

inline matcher::Cell null() {
  return {};
}
inline matcher::Cell integer(std::int64_t value) {
  return {matcher::CellType::kInteger, value, 0.0, {}};
}
inline matcher::Cell real(matcher::CellType type, double value) {
  return {type, 0, value, {}};
}
// value must outlive the cell.
inline matcher::Cell text(std::string_view value) {
  return {matcher::CellType::kText, 0, 0.0, value};
}

}  // namespace matcher_test
