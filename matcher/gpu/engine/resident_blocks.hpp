// Packed blocks in the memory of a device: uploaded once, for any number of launches.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "matcher/gpu/device/resources.hpp"
#include "matcher/gpu/engine/packed_blocks.hpp"

namespace matcher::gpu {

class ResidentBlocks {
 public:
  // One allocation and one copy per array; returns when all of it is there. tracker outlives the result. Errors:
  // CUDA's.
  [[nodiscard]] static DeviceResult<ResidentBlocks> upload(ResourceTracker& tracker, cudaStream_t stream,
                                                           const PackedBlocks& packed);

  // Views for kernels.
  struct Class {
    Tiles tiles{};
    const WarpTask* tasks = nullptr;
  };
  [[nodiscard]] const Patterns& left() const { return left_; }
  [[nodiscard]] const Class& of_class(std::size_t number) const { return classes_[number]; }
  // Of all arrays, without the gaps between them.
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  Patterns left_{};
  std::array<Class, kTileSlots.size()> classes_{};
  std::uint64_t bytes_ = 0;
  DeviceMemory memory_;
};

}  // namespace matcher::gpu
