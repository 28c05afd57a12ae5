#include "plugins/gpu/fused_at_run_time.hpp"

#include <algorithm>

#include "matcher/gpu/device/launch.hpp"

namespace assay::gpu {

using namespace matcher::gpu;

void FusedAtRunTime::prepare(const Setting& setting) {
  layout_.prepare(setting);
  if (!code_) code_.emplace(choice_, setting.files);
  std::size_t symbols = 0;  // of the longest name that goes to the device
  for (const auto* table : {&setting.left, &setting.right}) {
    for (const std::u32string& name : table->names) {
      if (name.size() <= longest()) symbols = std::max(symbols, name.size());
    }
  }
  kernel_ = code_->load(setting.tracker, symbols);
}

void FusedAtRunTime::release() noexcept {
  layout_.release();
  if (code_) code_->release();
}

Job FusedAtRunTime::gather(std::span<const RowPair> pairs) {
  parts_.resize(pairs.size());
  return {.items = pairs.size(), .inputs = layout_.gather(pairs), .outputs = {output_of(parts_)}};
}

DeviceStatus FusedAtRunTime::enqueue(const DeviceTile& tile) {
  return check("launch", launch_compiled(grid_.shape(tile.items), tile.stream, kernel_, layout_.source(tile),
                                         PackedScores{tile.output<matcher::PackedParts>(0)}));
}

}  // namespace assay::gpu
