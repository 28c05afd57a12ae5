// What a result table must look like and how two of them are compared; read from workload files.
#pragma once

#include <string>
#include <vector>

#include "assay/plugin.h"

namespace assay {

// A tolerance of 0 means bit-equal. With both given, a value may differ by absolute + relative * |baseline|.
struct ColumnContract {
  std::string name;
  assay_type type = 0;
  double absolute_tolerance = 0;
  double relative_tolerance = 0;
};

struct ResultContract {
  std::vector<ColumnContract> columns;
  std::vector<std::string> key;  // names of the columns that identify a row
  bool ordered = false;          // true: rows must come in the same order
};

}  // namespace assay
