// Fixed decimals by integer arithmetic: value = m * 2^-s, so that m * 10^d is exact in 128 bits and rounding is a
// shift.
#include "matcher/io/decimal.hpp"

#include <bit>
#include <cmath>
#include <cstdint>

namespace matcher {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr double kRangeEnd = 1000.0;
constexpr int kMantissaBits = 52;
constexpr int kExponentBias = 1075;  // of the mantissa read as a whole number
constexpr unsigned kExponentMask = 0x7FF;

// round(value * scale), ties to even. scale: at most 10^6, so the product has 53 + 20 bits.
std::uint64_t scaled(double value, std::uint64_t scale) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  const auto exponent = static_cast<int>((bits >> kMantissaBits) & kExponentMask);
  const std::uint64_t fraction = bits & ((std::uint64_t{1} << kMantissaBits) - 1);
  const int shift = kExponentBias - (exponent == 0 ? 1 : exponent);  // at least 43, because value < 2^10
  if (shift > 100) return 0;                                         // value < 2^-47, far below half a millionth
  const std::uint64_t mantissa = exponent == 0 ? fraction : fraction | (std::uint64_t{1} << kMantissaBits);
  const Wide product = Wide{mantissa} * scale;
  const auto whole = static_cast<std::uint64_t>(product >> shift);
  const Wide rest = product & ((Wide{1} << shift) - 1);
  const Wide half = Wide{1} << (shift - 1);
  const bool up = rest > half || (rest == half && (whole & 1U) != 0);
  return whole + (up ? 1 : 0);
}

// The whole part without leading zeros. REQUIRES: whole <= 1000.
char* write_whole(char* out, unsigned whole) {
  if (whole >= 1000) *out++ = static_cast<char>('0' + whole / 1000);
  if (whole >= 100) *out++ = static_cast<char>('0' + whole / 100 % 10);
  if (whole >= 10) *out++ = static_cast<char>('0' + whole / 10 % 10);
  *out++ = static_cast<char>('0' + whole % 10);
  return out;
}

template <std::uint32_t kScale, int kDecimals>
char* write_fixed(char* out, double value) {
  const std::uint64_t number = scaled(value, kScale);
  out = write_whole(out, static_cast<unsigned>(number / kScale));
  auto decimals = static_cast<std::uint32_t>(number % kScale);
  *out++ = '.';
  for (int position = kDecimals - 1; position >= 0; --position) {
    out[position] = static_cast<char>('0' + decimals % 10);
    decimals /= 10;
  }
  return out + kDecimals;
}

}  // namespace

char* write_fixed2(char* out, double value) {
  return write_fixed<100, 2>(out, value);
}

char* write_fixed6(char* out, double value) {
  return write_fixed<1'000'000, 6>(out, value);
}

bool has_fixed_range(double value) {
  return !std::signbit(value) && value < kRangeEnd;  // false for NaN without a sign, too
}

}  // namespace matcher
