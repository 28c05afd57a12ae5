// Match masks for kernels with one thread per pair.
#pragma once

#include "matcher/gpu/kernels/platform.cuh"
#include "matcher/gpu/layout/views.hpp"

namespace matcher::gpu {

inline constexpr std::uint32_t kFiveBitCodes = 32;

// A mask per code of a five-bit alphabet in dynamic shared memory: kFiveBitCodes words per thread, the words of a code
// side by side. Alphabets of more codes would not fit: use MaskPlanes.
template <class Word>
class MaskTable {
 public:
  static constexpr std::uint32_t kSharedBytesPerThread = kFiveBitCodes * sizeof(Word);

  ASSAY_DEVICE explicit MaskTable(unsigned char* shared) : masks_(reinterpret_cast<Word*>(shared) + threadIdx.x) {
    for (std::uint32_t code = 0; code < kFiveBitCodes; ++code) masks_[code * blockDim.x] = 0;
  }

  ASSAY_DEVICE void set(const Text<std::uint8_t>& pattern) {
    for (std::uint32_t i = 0; i < pattern.length; ++i) masks_[pattern.symbols[i] * blockDim.x] |= Word{1} << i;
  }
  ASSAY_DEVICE void clear(const Text<std::uint8_t>& pattern) {
    for (std::uint32_t i = 0; i < pattern.length; ++i) masks_[pattern.symbols[i] * blockDim.x] = 0;
  }

  [[nodiscard]] ASSAY_DEVICE Word operator()(std::uint8_t symbol) const { return masks_[symbol * blockDim.x]; }

 private:
  Word* masks_;
};

// The pattern turned by 90 degrees: bit p of every symbol in one word. A mask is what is left of the pattern after
// kBits comparisons, in registers alone, for any alphabet of bytes.
template <class Word, std::uint32_t kBits>
class MaskPlanes {
 public:
  static constexpr std::uint32_t kSharedBytesPerThread = 0;

  ASSAY_DEVICE explicit MaskPlanes(unsigned char*) {}

  ASSAY_DEVICE void set(const Text<std::uint8_t>& pattern) {
    used_ = low_bits<Word>(pattern.length);
    ASSAY_UNROLL
    for (std::uint32_t p = 0; p < kBits; ++p) planes_[p] = 0;
    ASSAY_NO_UNROLL
    for (std::uint32_t i = 0; i < pattern.length; ++i) {
      const Word symbol = pattern.symbols[i];
      ASSAY_UNROLL
      for (std::uint32_t p = 0; p < kBits; ++p) planes_[p] |= (symbol >> p & 1) << i;
    }
  }
  ASSAY_DEVICE void clear(const Text<std::uint8_t>&) {}

  [[nodiscard]] ASSAY_DEVICE Word operator()(std::uint8_t symbol) const {
    Word mask = used_;
    ASSAY_UNROLL
    for (std::uint32_t p = 0; p < kBits; ++p) mask &= ~(planes_[p] ^ (Word{0} - (static_cast<Word>(symbol) >> p & 1)));
    return mask;
  }

 private:
  Word used_ = 0;
  Word planes_[kBits] = {};
};

}  // namespace matcher::gpu
