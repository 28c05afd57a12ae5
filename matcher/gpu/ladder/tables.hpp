// The tables, pairs and results of a ladder, in device memory.
#pragma once

#include <cstdint>
#include <memory>

#include "matcher/gpu/device/device_array.hpp"
#include "matcher/gpu/ladder/enqueue.hpp"
#include "matcher/gpu/ladder/sample.hpp"

namespace matcher::gpu {

class LadderTables {
 public:
  [[nodiscard]] static DeviceResult<std::unique_ptr<LadderTables>> upload(ResourceTracker& tracker,
                                                                          const Sample& sample, cudaStream_t stream);

  [[nodiscard]] const Sample& sample() const { return *sample_; }
  [[nodiscard]] std::uint32_t listed() const { return listed_; }
  [[nodiscard]] AuditedPairs audited() const { return {audited_.data(), listed_}; }
  [[nodiscard]] RowPairs<32> row_pairs() const {
    return {left_rows(), {right_symbols_.data(), right_lengths_.data(), rows(right_lengths_)}, pairs_.data(), listed_};
  }
  [[nodiscard]] BlockInput block() const;

  // Results; a run writes one of them.
  DeviceArray<PackedParts> scores;  // of all pairs, row by row
  DeviceArray<float> percents;      // four for each listed pair
  DeviceArray<int> diagonals;
  DeviceArray<Match> matches;
  DeviceArray<std::uint32_t> counts;  // matches; pairs that the filter let pass

 private:
  template <class T>
  static std::uint32_t rows(const DeviceArray<T>& array) {
    return static_cast<std::uint32_t>(array.size());
  }
  [[nodiscard]] Rows<32> left_rows() const { return {left_symbols_.data(), left_lengths_.data(), rows(left_lengths_)}; }
  DeviceStatus upload_left(ResourceTracker& tracker, cudaStream_t stream);
  DeviceStatus upload_right(ResourceTracker& tracker, cudaStream_t stream);
  DeviceStatus upload_pairs(ResourceTracker& tracker, cudaStream_t stream);
  DeviceStatus make_room(ResourceTracker& tracker);

  const Sample* sample_ = nullptr;
  std::uint32_t listed_ = 0;
  std::uint32_t slots_ = 0;
  DeviceArray<std::uint8_t> left_symbols_, right_symbols_;
  DeviceArray<TextLength> left_lengths_, right_lengths_, tile_lengths_;
  DeviceArray<std::uint32_t> presence_, planes_;
  DeviceArray<std::uint32_t> tile_words_, tile_prefixes_, tile_presence_;
  DeviceArray<RowPair> pairs_;
  DeviceArray<AuditedPair> audited_;
};

}  // namespace matcher::gpu
