// Dynamic programming over one rolling row, and Jaro with one flag per symbol.
#include "matcher/similarity/scalar.hpp"

#include <algorithm>
#include <cstddef>

#include "matcher/similarity/scratch.hpp"

namespace matcher {
namespace {

constexpr std::size_t kStackSymbols = 256;  // longer than any full name

// Wagner and Fischer 1974; the row above is overwritten cell by cell, `diagonal` keeps its last cell.
template <typename Text>
std::uint32_t edit_distance(Text left, Text right) {
  Scratch<std::uint32_t, kStackSymbols> row(right.size());
  for (std::size_t j = 0; j < right.size(); ++j) row[j] = static_cast<std::uint32_t>(j + 1);
  auto result = static_cast<std::uint32_t>(right.size());
  for (std::size_t i = 0; i < left.size(); ++i) {
    auto diagonal = static_cast<std::uint32_t>(i);
    result = diagonal + 1;
    for (std::size_t j = 0; j < right.size(); ++j) {
      const std::uint32_t substituted = diagonal + (left[i] == right[j] ? 0U : 1U);
      diagonal = row[j];
      result = std::min({result + 1, substituted, diagonal + 1});
      row[j] = result;
    }
  }
  return result;
}

// Counts the symbols that the k-th matched ones of both texts do not share.
template <typename Text>
std::uint32_t out_of_order(Text left, Text right, const bool* left_matched, const bool* right_matched) {
  std::uint32_t count = 0;
  std::size_t j = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (!left_matched[i]) continue;
    while (!right_matched[j]) ++j;
    if (left[i] != right[j]) ++count;
    ++j;
  }
  return count;
}

template <typename Text>
void match_within_window(Text left, Text right, ScoreParts& parts) {
  Scratch<bool, kStackSymbols> left_matched(left.size());
  Scratch<bool, kStackSymbols> right_matched(right.size());
  const std::size_t half = std::max(left.size(), right.size()) / 2;
  const std::size_t window = half > 0 ? half - 1 : 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    const std::size_t end = std::min(right.size(), i + window + 1);
    for (std::size_t j = i > window ? i - window : 0; j < end; ++j) {
      if (right_matched[j] || left[i] != right[j]) continue;
      left_matched[i] = right_matched[j] = true;
      ++parts.matches;
      break;
    }
  }
  parts.half_transpositions = out_of_order(left, right, left_matched.data(), right_matched.data());
}

template <typename Text>
std::uint32_t common_prefix(Text left, Text right) {
  const std::size_t limit = std::min({left.size(), right.size(), static_cast<std::size_t>(kLongestPrefix)});
  std::uint32_t prefix = 0;
  while (prefix < limit && left[prefix] == right[prefix]) ++prefix;
  return prefix;
}

template <typename Text>
ScoreParts score(Text left, Text right) {
  ScoreParts parts;
  parts.distance = edit_distance(left, right);
  match_within_window(left, right, parts);
  parts.prefix = common_prefix(left, right);
  return parts;
}

std::uint32_t cut(std::uint32_t distance, std::uint32_t cutoff) {
  return distance > cutoff ? cutoff + 1 : distance;
}

}  // namespace

ScoreParts score_scalar(std::u32string_view left, std::u32string_view right) {
  return score(left, right);
}
ScoreParts score_scalar_ascii(std::string_view left, std::string_view right) {
  return score(left, right);
}

std::uint32_t levenshtein_distance_scalar(std::u32string_view left, std::u32string_view right, std::uint32_t cutoff) {
  return cut(edit_distance(left, right), cutoff);
}

std::uint32_t levenshtein_distance_scalar_ascii(std::string_view left, std::string_view right, std::uint32_t cutoff) {
  return cut(edit_distance(left, right), cutoff);
}

}  // namespace matcher
