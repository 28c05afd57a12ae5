#include "plugins/gpu/resident_rows.hpp"

#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "matcher/gpu/layout/rows.hpp"
#include "plugins/gpu/device_failure.hpp"

namespace assay::gpu {
namespace {

using namespace matcher::gpu;

// A copy in the device's memory. REQUIRES: not empty.
template <class T>
DeviceMemory upload(ResourceTracker& tracker, const std::vector<T>& values) {
  const std::size_t bytes = values.size() * sizeof(T);
  auto memory = value_of(allocate_device(tracker, bytes, "resident rows"));
  require(
      check("cudaMemcpyAsync", cudaMemcpyAsync(memory.get(), values.data(), bytes, cudaMemcpyHostToDevice, nullptr)));
  require(check("cudaStreamSynchronize", cudaStreamSynchronize(nullptr)));
  return memory;
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
