// Four integers in one word and back.
#include "matcher/similarity/packed_parts.hpp"

#include <gtest/gtest.h>

#include <random>

namespace matcher {
namespace {

TEST(PackedParts, Layout_IsOneByteEach) {
  EXPECT_EQ(pack_parts(0x11, 0x22, 0x33, 0x04), 0x04332211U);
  EXPECT_EQ(pack_parts(ScoreParts{}), 0U);
}

TEST(PackedParts, EveryLength_RoundTrips) {
  std::mt19937 random(11);
  for (std::uint32_t i = 0; i <= kLongestPackedText; ++i) {
    const auto any = [&] { return static_cast<std::uint32_t>(random()) % (kLongestPackedText + 1); };
    for (const ScoreParts parts :
         {ScoreParts{i, any(), any(), i % 5}, ScoreParts{any(), i, any(), 4}, ScoreParts{any(), any(), i, 0}}) {
      EXPECT_EQ(unpack_parts(pack_parts(parts)), parts);
    }
  }
}

}  // namespace
}  // namespace matcher
