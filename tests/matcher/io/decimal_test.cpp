// Fixed decimals equal printf's for every kind of double in range.
#include "matcher/io/decimal.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <random>
#include <string>

namespace {

std::string fixed(double value, int decimals) {
  char text[matcher::kMostFixedDigits];
  char* end = decimals == 2 ? matcher::write_fixed2(text, value) : matcher::write_fixed6(text, value);
  return {text, end};
}

std::string printed(double value, int decimals) {
  char text[64];
  return {text, static_cast<std::size_t>(std::snprintf(text, sizeof text, "%.*f", decimals, value))};
}

void expect_as_printed(double value) {
  ASSERT_TRUE(matcher::has_fixed_range(value));
  for (const int decimals : {2, 6})
    ASSERT_EQ(fixed(value, decimals), printed(value, decimals)) << std::hexfloat << value;
}

// value and the doubles beside it
void expect_neighbours_as_printed(double value) {
  expect_as_printed(value);
  expect_as_printed(std::nextafter(value, 0.0));
  expect_as_printed(std::nextafter(value, 999.0));
}

TEST(WriteFixed, Ends_AreExact) {
  EXPECT_EQ(fixed(0.0, 6), "0.000000");
  EXPECT_EQ(fixed(96.16161616, 6), "96.161616");
  EXPECT_EQ(fixed(100.0, 6), "100.000000");
  EXPECT_EQ(fixed(std::nextafter(1000.0, 0.0), 6), "1000.000000");
  EXPECT_EQ(fixed(100.0, 2), "100.00");
}

TEST(WriteFixed, ValuesBesideZero_AreAsPrinted) {
  for (double value = 1.0; value > 0.0; value /= 2.0) expect_neighbours_as_printed(value);
  expect_as_printed(std::numeric_limits<double>::denorm_min());
}

// A tie of the binary value: k / 128 has seven decimals that end in 5, k / 8 three.
TEST(WriteFixed, Ties_GoToEven) {
  for (int k = 0; k <= 100 * 128; ++k) expect_neighbours_as_printed(k / 128.0);
  EXPECT_EQ(fixed(1.0 / 128.0, 6), "0.007812");
  EXPECT_EQ(fixed(3.0 / 128.0, 6), "0.023438");
}

TEST(WriteFixed, HalvesInDecimal_AreAsPrinted) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 100'000; ++i) {
    const auto millionths = static_cast<double>(random() % 100'000'000U);
    expect_neighbours_as_printed((millionths + 0.5) / 1e6);
    expect_neighbours_as_printed(millionths / 1e6);
  }
}

TEST(WriteFixed, RandomValues_AreAsPrinted) {
  std::mt19937_64 random(8);
  std::uniform_real_distribution<double> percent(0.0, 100.0);
  for (int i = 0; i < 500'000; ++i) expect_as_printed(percent(random));
  const auto most = std::bit_cast<std::uint64_t>(1000.0);
  for (int i = 0; i < 500'000; ++i) expect_as_printed(std::bit_cast<double>(random() % most));  // every exponent alike
}

TEST(HasFixedRange, OtherNumbers_AreNotTaken) {
  for (const double value : {-0.0, -1.0, 1000.0, 1e300, HUGE_VAL, -HUGE_VAL, std::nan(""), -std::nan("")}) {
    EXPECT_FALSE(matcher::has_fixed_range(value)) << value;
  }
}

}  // namespace
