// The names of one table in the device's memory, a row of fixed size each.
#pragma once

#include <cstdint>

#include "matcher/gpu/device/device_array.hpp"
#include "matcher/gpu/layout/views.hpp"
#include "plugins/gpu/rung.hpp"

namespace assay::gpu {

class ResidentRows {
 public:
  ResidentRows() = default;
  // Names that do not fit a row or have a symbol without a code get an empty one. Returns when the table is on the
  // device; throws Failure. REQUIRES: row_bytes is that of every view.
  ResidentRows(const names::NameTable& table, const Setting& setting, std::uint32_t row_bytes);

  template <std::uint32_t kRowBytes>
  [[nodiscard]] matcher::gpu::Rows<kRowBytes> view() const {
    return {symbols_.data(), lengths_.data(), rows_};
  }

 private:
  matcher::gpu::DeviceArray<std::uint8_t> symbols_;
  matcher::gpu::DeviceArray<matcher::gpu::TextLength> lengths_;
  std::uint32_t rows_ = 0;
};

}  // namespace assay::gpu
