// A result of fixed-width columns without nulls, owned by the variant and shown to the host as an assay_table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "assay/plugin.h"
#include "plugins/sdk/dataset_view.hpp"

namespace assay::sdk {

// Points at vectors the variant owns; bind() after they have their final size. Not copyable: the ABI view holds
// pointers.
class ResultTable {
 public:
  ResultTable() = default;
  ResultTable(const ResultTable&) = delete;
  ResultTable& operator=(const ResultTable&) = delete;

  void start(const char* table_name, std::size_t row_count) {
    columns_.clear();
    table_ = {};
    table_.struct_size = sizeof table_;
    table_.name = table_name;
    table_.row_count = row_count;
  }
  // name must have static storage; values must stay unchanged until the next run or reset.
  template <class T>
  void add(const char* name, const std::vector<T>& values) {
    columns_.push_back({sizeof(assay_column), kTypeOf<T>, name, nullptr, nullptr, values.data()});
  }
  [[nodiscard]] const assay_table* view() {
    pointers_.clear();
    for (const assay_column& column : columns_) pointers_.push_back(&column);
    table_.column_count = static_cast<std::uint32_t>(pointers_.size());
    table_.columns = pointers_.data();
    return &table_;
  }

 private:
  std::vector<assay_column> columns_;
  std::vector<const assay_column*> pointers_;
  assay_table table_{};
};

}  // namespace assay::sdk
