#include "plugins/gpu/resident_rows.hpp"

#include <numeric>
#include <string>
#include <vector>

#include "matcher/gpu/layout/rows.hpp"
#include "plugins/gpu/device_failure.hpp"

namespace assay::gpu {
namespace {

using namespace matcher::gpu;

// Returns when the copy is there: the values may be gone afterwards.
template <class T>
DeviceArray<T> upload(ResourceTracker& tracker, const std::vector<T>& values) {
  auto array = value_of(DeviceArray<T>::copy_of(tracker, values, nullptr, "resident rows"));
  require(check("cudaStreamSynchronize", cudaStreamSynchronize(nullptr)));
  return array;
}

}  // namespace

ResidentRows::ResidentRows(const names::NameTable& table, const Setting& setting, std::uint32_t row_bytes)
    : rows_(static_cast<std::uint32_t>(table.size())) {
  if (rows_ == 0) return;
  std::vector<std::u32string> fitting = table.names;
  for (std::u32string& name : fitting) {
    if (name.size() > row_bytes || !setting.alphabet.covers(name)) name.clear();
  }
  std::vector<std::uint32_t> all(rows_);
  std::iota(all.begin(), all.end(), 0U);
  const RowTable rows = make_rows(fitting, all, setting.alphabet, row_bytes);
  symbols_ = upload(setting.tracker, rows.symbols);
  lengths_ = upload(setting.tracker, rows.lengths);
}

}  // namespace assay::gpu
