// The candidates of workload names.score as lists of row pairs, a chunk at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "matcher/gpu/layout/views.hpp"
#include "plugins/names/name_table.hpp"

namespace assay::gpu {

// What a kernel with one thread per pair takes: names it can read.
struct Readable {
  std::vector<bool> left;
  std::vector<bool> right;
};

struct PairChunk {
  std::vector<matcher::gpu::RowPair> for_device;
  std::vector<matcher::gpu::RowPair> for_host;  // a name is too long, or has a symbol without a code

  [[nodiscard]] std::size_t size() const { return for_device.size() + for_host.size(); }
};

// Call order: next*. REQUIRES: both tables and `readable` outlive the object.
class CandidatePairs {
 public:
  CandidatePairs(const names::NameTable& left, const names::NameTable& right, const Readable& readable,
                 std::size_t chunk_pairs)
      : readable_(readable), chunk_pairs_(chunk_pairs), blocks_(names::common_blocks(left, right)) {
    if (!blocks_.empty()) row_ = blocks_[0].left_begin;
  }

  // Overwrites the chunk with whole left rows of blocks, about chunk_pairs of them; false: there are no more.
  bool next(PairChunk& chunk) {
    chunk.for_device.clear();
    chunk.for_host.clear();
    while (block_ < blocks_.size() && chunk.size() < chunk_pairs_) {
      const names::Block& block = blocks_[block_];
      for (; row_ < block.left_end && chunk.size() < chunk_pairs_; ++row_) add_row(block, chunk);
      if (row_ < block.left_end) break;
      if (++block_ < blocks_.size()) row_ = blocks_[block_].left_begin;
    }
    return chunk.size() > 0;
  }

 private:
  void add_row(const names::Block& block, PairChunk& chunk) const {
    const auto left = static_cast<std::uint32_t>(row_);
    for (auto right = static_cast<std::uint32_t>(block.right_begin); right < block.right_end; ++right) {
      auto& list = readable_.left[left] && readable_.right[right] ? chunk.for_device : chunk.for_host;
      list.push_back({left, right});
    }
  }

  const Readable& readable_;
  std::size_t chunk_pairs_;
  std::vector<names::Block> blocks_;
  std::size_t block_ = 0;
  std::size_t row_ = 0;  // of the left table, inside the block
};

}  // namespace assay::gpu
