// Both ways of making equality masks against a double loop; exact-size buffers let the sanitizer see overreads.
#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <vector>

#include "matcher/similarity/equality_portable.hpp"
#if defined(__SSSE3__)
#include "matcher/similarity/equality_ssse3.hpp"
#endif

namespace matcher {
namespace {

using Bytes = std::vector<unsigned char>;
using FillEquality = std::size_t (*)(const unsigned char*, std::size_t, const unsigned char*, std::size_t,
                                     std::uint64_t*);

void expect_masks(FillEquality fill_equality, const Bytes& left, const Bytes& right) {
  std::vector<std::uint64_t> equal(left.size());
  const std::size_t prefix = fill_equality(left.data(), left.size(), right.data(), right.size(), equal.data());
  std::size_t expected_prefix = 0;
  while (expected_prefix < std::min(left.size(), right.size()) && left[expected_prefix] == right[expected_prefix]) {
    ++expected_prefix;
  }
  ASSERT_EQ(prefix, expected_prefix) << left.size() << " x " << right.size();
  for (std::size_t i = 0; i < left.size(); ++i) {
    std::uint64_t expected = 0;
    for (std::size_t j = 0; j < right.size(); ++j) expected |= std::uint64_t{left[i] == right[j]} << j;
    ASSERT_EQ(equal[i], expected) << left.size() << " x " << right.size() << " at " << i;
  }
}

class FillEqualityTest : public testing::TestWithParam<FillEquality> {};

TEST_P(FillEqualityTest, AllSizesUpTo64_AgreeWithADoubleLoop) {
  std::mt19937 random(20240117);
  for (std::size_t left_size = 1; left_size <= 64; ++left_size) {
    for (std::size_t right_size = 1; right_size <= 64; ++right_size) {
      Bytes left(left_size);
      Bytes right(right_size);
      const unsigned symbols = random() % 2 == 0 ? 3 : 256;  // byte 0, the padding, is among them
      for (auto& byte : left) byte = static_cast<unsigned char>(random() % symbols);
      for (auto& byte : right) byte = static_cast<unsigned char>(random() % symbols);
      const std::size_t shared = random() % (std::min(left_size, right_size) + 1);
      std::copy_n(left.begin(), shared, right.begin());
      ASSERT_NO_FATAL_FAILURE(expect_masks(GetParam(), left, right));
    }
  }
}

TEST_P(FillEqualityTest, EqualTexts_HaveTheirWholeLengthAsPrefix) {
  for (std::size_t size = 1; size <= 64; ++size) {
    ASSERT_NO_FATAL_FAILURE(expect_masks(GetParam(), Bytes(size, 'a'), Bytes(size, 'a')));
  }
}

INSTANTIATE_TEST_SUITE_P(Portable, FillEqualityTest, testing::Values(&portable::fill_equality));
#if defined(__SSSE3__)
INSTANTIATE_TEST_SUITE_P(Ssse3, FillEqualityTest, testing::Values(&ssse3::fill_equality));
#endif

}  // namespace
}  // namespace matcher
