// Ranges of a list of pairs, which a kernel that stays takes one after the other while the host still fills them.
#pragma once

#include <cstdint>

namespace matcher::gpu {

// Range r: the pairs [r * range_pairs, (r + 1) * range_pairs) of a list, the last one shorter. All counters start at 0.
struct WorkQueue {
  std::uint32_t* taken;  // ranges that blocks have taken or gone past
  const volatile std::uint32_t*
      published;        // ranges whose pairs are in place; the host adds to it while the kernel runs
  std::uint32_t* done;  // of each range, 1 when all of its pairs are scored
  std::uint32_t ranges;
  std::uint32_t range_pairs;
  std::uint64_t patience_ns;  // how long after its start a block waits for a range before it ends without
};

}  // namespace matcher::gpu
