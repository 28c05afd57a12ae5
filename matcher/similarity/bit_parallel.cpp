// Texts of at most 64 symbols: one machine word per column. Longer ones go to bit_parallel_blocks.
#include "matcher/similarity/bit_parallel.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <string>
#include <utility>

#include "matcher/similarity/bit_parallel_blocks.hpp"
#include "matcher/similarity/byte_names.hpp"
#include "matcher/similarity/equality.hpp"

namespace matcher {
namespace {

constexpr std::size_t kWordBits = 64;

// The lowest `count` bits. REQUIRES: count <= 64.
constexpr std::uint64_t low_bits(std::size_t count) {
  return count == 0 ? 0 : ~std::uint64_t{0} >> (kWordBits - count);
}

Bytes as_bytes(std::string_view text) {
  return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

// For every symbol of the left text, the places of the right text that hold the same one.
struct Columns {
  std::array<std::uint64_t, kWordBits> equal;  // uninitialised beyond the left text
  std::size_t prefix;

  // REQUIRES: neither text is empty.
  Columns(Bytes left, Bytes right)
      : prefix(fill_equality(left.data, left.size, right.data, right.size, equal.data())) {}
};

// The distance of left[skip, skip + columns) and right[skip, skip + rows). Vertical differences of the last column sum
// up to it, so no score has to be carried along.
std::uint32_t edit_distance(const std::uint64_t* equal, std::size_t skip, std::size_t columns, std::size_t rows) {
  if (columns == 0 || rows == 0) return static_cast<std::uint32_t>(columns + rows);
  std::uint64_t positive = ~std::uint64_t{0};
  std::uint64_t negative = 0;
  for (std::size_t i = 0; i < columns; ++i) {
    const std::uint64_t match = equal[skip + i] >> skip;
    const std::uint64_t diagonal = (((match & positive) + positive) ^ positive) | match | negative;
    const std::uint64_t horizontal_positive = ((negative | ~(diagonal | positive)) << 1) | 1;
    const std::uint64_t horizontal_negative = (diagonal & positive) << 1;
    positive = horizontal_negative | ~(diagonal | horizontal_positive);
    negative = horizontal_positive & diagonal;
  }
  const std::uint64_t used = low_bits(rows);
  return static_cast<std::uint32_t>(columns) + static_cast<std::uint32_t>(std::popcount(positive & used)) -
         static_cast<std::uint32_t>(std::popcount(negative & used));
}

std::size_t common_suffix(const std::uint64_t* equal, std::size_t left_size, std::size_t right_size,
                          std::size_t limit) {
  std::size_t suffix = 0;
  while (suffix < limit && ((equal[left_size - 1 - suffix] >> (right_size - 1 - suffix)) & 1) != 0) ++suffix;
  return suffix;
}

void count_matches(const std::uint64_t* equal, std::size_t prefix, std::size_t left_size, std::size_t right_size,
                   ScoreParts& parts) {
  const std::size_t half = std::max(left_size, right_size) / 2;
  const std::size_t window = half > 0 ? half - 1 : 0;
  // Within a common prefix the first free equal symbol is always the opposite one.
  std::uint64_t left_matched = low_bits(prefix);
  std::uint64_t right_matched = left_matched;
  // Places i - window .. i + window; those beyond the right text are in no equality mask.
  std::uint64_t reach = low_bits(2 * window + 1);
  reach = prefix <= window ? reach >> (window - prefix) : reach << (prefix - window);
  for (std::size_t i = prefix; i < left_size; ++i) {
    const std::uint64_t free = equal[i] & reach & ~right_matched;
    right_matched |= free & (~free + 1);
    left_matched |= static_cast<std::uint64_t>(free != 0) << i;
    reach = (reach << 1) | static_cast<std::uint64_t>(i < window);
  }
  parts.matches = static_cast<std::uint32_t>(std::popcount(right_matched));
  std::uint64_t left_rest = left_matched & ~low_bits(prefix);
  std::uint64_t right_rest = right_matched & ~low_bits(prefix);
  while (left_rest != 0) {
    const std::uint64_t place = right_rest & (~right_rest + 1);
    parts.half_transpositions += (equal[std::countr_zero(left_rest)] & place) == 0 ? 1U : 0U;
    left_rest &= left_rest - 1;
    right_rest ^= place;
  }
}

ScoreParts score_word(Bytes left, Bytes right) {
  if (left.size > right.size) std::swap(left, right);  // the scores are symmetric, the time is O(left)
  ScoreParts parts;
  if (left.size == 0 || right.size == 0) {
    parts.distance = static_cast<std::uint32_t>(left.size + right.size);
    return parts;
  }
  const Columns columns(left, right);
  const std::size_t prefix = columns.prefix;
  const std::size_t limit = std::min(left.size, right.size) - prefix;
  const std::size_t stripped = prefix + common_suffix(columns.equal.data(), left.size, right.size, limit);
  parts.distance = edit_distance(columns.equal.data(), prefix, left.size - stripped, right.size - stripped);
  count_matches(columns.equal.data(), prefix, left.size, right.size, parts);
  parts.prefix = static_cast<std::uint32_t>(std::min(prefix, static_cast<std::size_t>(kLongestPrefix)));
  return parts;
}

std::uint32_t distance_word(Bytes left, Bytes right) {
  if (left.size > right.size) std::swap(left, right);
  if (left.size == 0 || right.size == 0) return static_cast<std::uint32_t>(left.size + right.size);
  const Columns columns(left, right);
  return edit_distance(columns.equal.data(), columns.prefix, left.size - columns.prefix, right.size - columns.prefix);
}

template <typename Text>
bool fits_word(Text left, Text right) {
  return left.size() <= kWordBits && right.size() <= kWordBits;
}

std::u32string widen(std::string_view text) {
  std::u32string wide(text.size(), U'\0');
  std::transform(text.begin(), text.end(), wide.begin(), [](char byte) { return static_cast<unsigned char>(byte); });
  return wide;
}

// Removes what both texts have in common at their ends; the distance stays the same.
template <typename Text>
void strip_common_ends(Text& left, Text& right) {
  const auto first = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
  const auto prefix = static_cast<std::size_t>(first.first - left.begin());
  left.remove_prefix(prefix);
  right.remove_prefix(prefix);
  const auto last = std::mismatch(left.rbegin(), left.rend(), right.rbegin(), right.rend());
  const auto suffix = static_cast<std::size_t>(last.first - left.rbegin());
  left.remove_suffix(suffix);
  right.remove_suffix(suffix);
}

// True if the lengths alone, or the ends, settle the distance; `distance` is then set.
template <typename Text>
bool settled_early(Text& left, Text& right, std::uint32_t cutoff, std::uint32_t& distance) {
  const std::size_t gap = std::max(left.size(), right.size()) - std::min(left.size(), right.size());
  if (gap > cutoff) {
    distance = cutoff + 1;
    return true;
  }
  strip_common_ends(left, right);
  distance = static_cast<std::uint32_t>(std::max(left.size(), right.size()));
  return left.empty() || right.empty();
}

std::uint32_t cut(std::uint32_t distance, std::uint32_t cutoff) {
  return distance > cutoff ? cutoff + 1 : distance;
}

}  // namespace

ScoreParts score_bit_parallel(std::u32string_view left, std::u32string_view right) {
  if (!fits_word(left, right)) return score_blocks(left, right);
  const ByteNames names(left, right);
  return score_word(names.left(), names.right());
}

ScoreParts score_bit_parallel_ascii(std::string_view left, std::string_view right) {
  if (!fits_word(left, right)) return score_blocks(widen(left), widen(right));
  return score_word(as_bytes(left), as_bytes(right));
}

std::uint32_t levenshtein_distance_bit_parallel(std::u32string_view left, std::u32string_view right,
                                                std::uint32_t cutoff) {
  std::uint32_t distance = 0;
  if (settled_early(left, right, cutoff, distance)) return distance;
  if (!fits_word(left, right)) return distance_blocks(left, right, cutoff);
  const ByteNames names(left, right);
  return cut(distance_word(names.left(), names.right()), cutoff);
}

std::uint32_t levenshtein_distance_bit_parallel_ascii(std::string_view left, std::string_view right,
                                                      std::uint32_t cutoff) {
  std::uint32_t distance = 0;
  if (settled_early(left, right, cutoff, distance)) return distance;
  if (!fits_word(left, right)) return distance_blocks(widen(left), widen(right), cutoff);
  return cut(distance_word(as_bytes(left), as_bytes(right)), cutoff);
}

}  // namespace matcher
