// How pairs reach the kernels: what the host gathers of each, and what a kernel reads it as.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "matcher/gpu/layout/pairs.hpp"
#include "plugins/gpu/resident_rows.hpp"
#include "plugins/gpu/rung.hpp"

namespace assay::gpu {

template <class T>
[[nodiscard]] matcher::gpu::InputArray input_of(const std::vector<T>& items) {
  return {reinterpret_cast<const std::byte*>(items.data()), sizeof(T)};
}
template <class T>
[[nodiscard]] matcher::gpu::OutputArray output_of(std::vector<T>& items) {
  return {reinterpret_cast<std::byte*>(items.data()), sizeof(T)};
}

// As audited: one structure a pair, 136 bytes.
class AuditedRecords {
 public:
  using Source = matcher::gpu::AuditedPairs;
  static constexpr std::size_t kLongest = matcher::gpu::kAuditedTextSymbols;

  void prepare(const Setting& setting) { setting_ = &setting; }
  void release() noexcept { records_ = {}; }

  [[nodiscard]] std::vector<matcher::gpu::InputArray> gather(std::span<const matcher::gpu::RowPair> pairs) {
    records_ = matcher::gpu::audited_pairs(setting_->left.names, setting_->right.names, pairs, setting_->alphabet);
    return {input_of(records_)};
  }
  [[nodiscard]] Source source(const matcher::gpu::DeviceTile& tile) const {
    return {tile.input<matcher::gpu::AuditedPair>(0), static_cast<std::uint32_t>(tile.items)};
  }

 private:
  const Setting* setting_ = nullptr;
  std::vector<matcher::gpu::AuditedPair> records_;
};

// Offsets and symbols: both texts of all pairs one behind the other, about 40 bytes a pair.
class OffsetArrays {
 public:
  using Source = matcher::gpu::PackedPairs<std::uint8_t>;
  static constexpr std::size_t kLongest = matcher::gpu::kAuditedTextSymbols;

  void prepare(const Setting& setting) { setting_ = &setting; }
  void release() noexcept { table_ = {}; }

  [[nodiscard]] std::vector<matcher::gpu::InputArray> gather(std::span<const matcher::gpu::RowPair> pairs) {
    table_ =
        matcher::gpu::pack_pairs<std::uint8_t>(setting_->left.names, setting_->right.names, pairs, setting_->alphabet);
    std::vector<matcher::gpu::InputArray> arrays;
    for (auto* side : {&table_.left, &table_.right}) {
      side->offsets.push_back(static_cast<std::uint32_t>(side->symbols.size()));
      arrays.push_back(input_of(side->symbols));
      arrays.back().offsets = side->offsets.data();
      arrays.push_back(input_of(side->offsets));
      arrays.push_back(input_of(side->lengths));
    }
    return arrays;
  }
  [[nodiscard]] Source source(const matcher::gpu::DeviceTile& tile) const {
    const auto side = [&tile](std::size_t array, const matcher::gpu::PackedTextTable<std::uint8_t>& table) {
      return matcher::gpu::PackedTexts<std::uint8_t>{
          tile.input<std::uint8_t>(array), tile.input<std::uint32_t>(array + 1),
          tile.input<matcher::gpu::TextLength>(array + 2), table.offsets[tile.first]};
    };
    return {side(0, table_.left), side(3, table_.right), static_cast<std::uint32_t>(tile.items)};
  }

 private:
  const Setting* setting_ = nullptr;
  matcher::gpu::PackedPairTable<std::uint8_t> table_;
};

// Both tables stay on the device from prepare on, one row of kRowBytes a name; a pair is two row numbers, 8 bytes.
template <std::uint32_t kRowBytes>
class ResidentTables {
 public:
  using Source = matcher::gpu::RowPairs<kRowBytes>;
  static constexpr std::size_t kLongest = kRowBytes;

  void prepare(const Setting& setting) {
    left_ = ResidentRows(setting.left, setting, kRowBytes);
    right_ = ResidentRows(setting.right, setting, kRowBytes);
  }
  void release() noexcept {
    left_ = {};
    right_ = {};
    pairs_ = {};
  }

  [[nodiscard]] std::vector<matcher::gpu::InputArray> gather(std::span<const matcher::gpu::RowPair> pairs) {
    pairs_ = pairs;
    return {{reinterpret_cast<const std::byte*>(pairs_.data()), sizeof(matcher::gpu::RowPair)}};
  }
  [[nodiscard]] Source source(const matcher::gpu::DeviceTile& tile) const {
    return {left_.view<kRowBytes>(), right_.view<kRowBytes>(), tile.input<matcher::gpu::RowPair>(0),
            static_cast<std::uint32_t>(tile.items)};
  }

 private:
  ResidentRows left_, right_;
  std::span<const matcher::gpu::RowPair> pairs_;  // of the caller's, who waits for them
};

}  // namespace assay::gpu
