// Columns of one chunk of rows, as they grow.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/load/column_writer.hpp"

namespace assay::datasets {

class Validity {
 public:
  void append(bool valid) {
    if (rows_ % 8 == 0) bits_.push_back(0);
    if (valid) {
      bits_.back() = static_cast<std::uint8_t>(bits_.back() | (1U << (rows_ % 8)));
    } else {
      ++nulls_;
    }
    ++rows_;
  }
  [[nodiscard]] const std::uint8_t* bits() const { return nulls_ == 0 ? nullptr : bits_.data(); }
  [[nodiscard]] std::uint64_t rows() const { return rows_; }

 private:
  std::vector<std::uint8_t> bits_;
  std::uint64_t rows_ = 0;
  std::uint64_t nulls_ = 0;
};

class TextBuilder {
 public:
  void reserve(std::size_t rows, std::size_t bytes_per_row) {
    offsets_.reserve(rows + 1);
    data_.reserve(rows * bytes_per_row);
  }
  void append(std::string_view text) {
    data_.append(text);
    close(true);
  }
  void append_null() { close(false); }
  [[nodiscard]] ColumnPiece piece() const {
    return {validity_.rows(), validity_.bits(), offsets_.data(), data_.data()};
  }

 private:
  void close(bool valid) {
    offsets_.push_back(static_cast<std::int32_t>(data_.size()));
    validity_.append(valid);
  }
  std::vector<std::int32_t> offsets_{0};
  std::string data_;
  Validity validity_;
};

template <class T>
class ValueBuilder {
 public:
  void append(T value) {
    values_.push_back(value);
    validity_.append(true);
  }
  void append_null() {
    values_.push_back(T{});
    validity_.append(false);
  }
  [[nodiscard]] ColumnPiece piece() const { return {validity_.rows(), validity_.bits(), nullptr, values_.data()}; }

 private:
  std::vector<T> values_;
  Validity validity_;
};

}  // namespace assay::datasets
