// Every scorer of the engine, and its percentages, against the oracle's.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "matcher/reference/jaro_winkler.hpp"
#include "matcher/reference/levenshtein.hpp"
#include "matcher/similarity/bit_parallel.hpp"
#include "matcher/similarity/scalar.hpp"
#include "matcher/similarity/score.hpp"
#include "tests/matcher/agreement/random_text.hpp"

namespace {

using namespace agreement;
using matcher::ScoreParts;
namespace reference = matcher::reference;

ScoreParts expected_parts(std::u32string_view left, std::u32string_view right) {
  const reference::JaroCounts counts = reference::count_jaro(left, right);
  return {.distance = static_cast<std::uint32_t>(reference::levenshtein(left, right)),
          .matches = static_cast<std::uint32_t>(counts.matches),
          .half_transpositions = static_cast<std::uint32_t>(counts.half_transpositions),
          .prefix = static_cast<std::uint32_t>(counts.prefix)};
}

std::string shown(std::u32string_view text) {
  std::string codes;
  for (const char32_t c : text) codes += ' ' + std::to_string(static_cast<std::uint32_t>(c));
  return '[' + codes + " ]";
}

std::string shown(const ScoreParts& parts) {
  return std::to_string(parts.distance) + '/' + std::to_string(parts.matches) + '/' +
         std::to_string(parts.half_transpositions) + '/' + std::to_string(parts.prefix);
}

bool is_bytes(std::u32string_view text) {
  return std::all_of(text.begin(), text.end(), [](char32_t c) { return c < 0x100; });
}

std::string bytes_of(std::u32string_view text) {
  std::string bytes;
  for (const char32_t c : text) bytes += static_cast<char>(c);
  return bytes;
}

bool agree(std::u32string_view left, std::u32string_view right) {
  const ScoreParts expected = expected_parts(left, right);
  bool same = true;
  const auto check = [&](const char* scorer, const ScoreParts& found) {
    if (found == expected) return;
    same = false;
    ADD_FAILURE() << scorer << shown(left) << shown(right) << ": " << shown(found) << ", by definition "
                  << shown(expected);
  };
  check("score_scalar", matcher::score_scalar(left, right));
  check("score_bit_parallel", matcher::score_bit_parallel(left, right));
  if (is_bytes(left) && is_bytes(right)) {
    check("score_scalar_ascii", matcher::score_scalar_ascii(bytes_of(left), bytes_of(right)));
    check("score_bit_parallel_ascii", matcher::score_bit_parallel_ascii(bytes_of(left), bytes_of(right)));
  }
  return same;
}

// What levenshtein_distance_* must say under a cutoff.
bool distances_agree(std::u32string_view left, std::u32string_view right, std::uint32_t cutoff) {
  const auto distance = static_cast<std::uint32_t>(reference::levenshtein(left, right));
  const std::uint32_t expected = distance > cutoff ? cutoff + 1 : distance;
  const std::string what = shown(left) + shown(right) + ", cutoff " + std::to_string(cutoff);
  EXPECT_EQ(matcher::levenshtein_distance_scalar(left, right, cutoff), expected) << what;
  EXPECT_EQ(matcher::levenshtein_distance_bit_parallel(left, right, cutoff), expected) << what;
  if (is_bytes(left) && is_bytes(right)) {
    const std::string a = bytes_of(left);
    const std::string b = bytes_of(right);
    EXPECT_EQ(matcher::levenshtein_distance_scalar_ascii(a, b, cutoff), expected) << what;
    EXPECT_EQ(matcher::levenshtein_distance_bit_parallel_ascii(a, b, cutoff), expected) << what;
  }
  return !testing::Test::HasFailure();
}

// A pair with much in common: the second text is the first with some symbols replaced, dropped, doubled or swapped.
std::u32string relative(RandomText& random, std::u32string text, std::size_t alphabet_size) {
  const std::u32string fresh = random.symbols(8, alphabet_size);
  for (std::size_t edits = random.below(6); edits > 0 && text.size() > 1; --edits) {
    const std::size_t at = random.below(text.size() - 1);
    if (random.one_in(3)) {
      std::swap(text[at], text[at + 1]);
    } else if (random.one_in(2)) {
      text[at] = fresh[edits];
    } else if (random.one_in(2)) {
      text.erase(at, 1);
    } else {
      text.insert(at, 1, text[at]);
    }
  }
  return text;
}

void compare_lengths(std::uint64_t stream, std::size_t rounds, std::span<const std::size_t> lengths) {
  RandomText random(stream);
  for (std::size_t i = 0; i < rounds; ++i) {
    const std::size_t alphabet_size = 2 + random.below(25);
    const std::u32string left = random.symbols(lengths[random.below(lengths.size())], alphabet_size);
    const std::u32string right = random.one_in(2)
                                     ? relative(random, left, alphabet_size)
                                     : random.symbols(lengths[random.below(lengths.size())], alphabet_size);
    ASSERT_TRUE(agree(left, right));
    ASSERT_TRUE(agree(right, left));
    ASSERT_TRUE(distances_agree(left, right, static_cast<std::uint32_t>(random.below(12))));
  }
}

TEST(SimilarityAgreement, NamesLength_HaveTheSameParts) {
  std::array<std::size_t, 33> lengths{};
  for (std::size_t i = 0; i < lengths.size(); ++i) lengths[i] = i;
  compare_lengths(20, scaled(40000), lengths);
}

TEST(SimilarityAgreement, LengthsAroundAMachineWord_HaveTheSameParts) {
  constexpr std::array<std::size_t, 12> kLengths = {0, 1, 15, 16, 17, 31, 32, 33, 62, 63, 64, 65};
  compare_lengths(21, scaled(10000), kLengths);
}

TEST(SimilarityAgreement, SeveralMachineWords_HaveTheSameParts) {
  constexpr std::array<std::size_t, 9> kLengths = {3, 64, 65, 127, 128, 129, 191, 193, 300};
  compare_lengths(22, scaled(800), kLengths);
}

TEST(SimilarityAgreement, VeryLongTexts_HaveTheSameParts) {
  constexpr std::array<std::size_t, 3> kLengths = {5, 1000, 3000};
  compare_lengths(23, 3 + scaled(7), kLengths);
}

TEST(ScoreAgreement, LevenshteinPercent_IsTheSameToTheLastBit) {
  for (std::uint32_t bytes = 0; bytes <= 300; ++bytes) {
    for (std::uint32_t distance = 0; distance <= bytes; ++distance) {
      const double expected = reference::levenshtein_percent(distance, bytes);
      ASSERT_EQ(matcher::levenshtein_percent(distance, bytes), expected) << distance << " of " << bytes;
      ASSERT_EQ(matcher::levenshtein_at_least_85(distance, bytes), expected >= 85.0) << distance << " of " << bytes;
    }
  }
}

void compare_jaro_winkler(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t h, std::uint32_t p) {
  const reference::JaroCounts counts{a, b, c, h, p};
  ASSERT_EQ(matcher::jaro(c, h, a, b), reference::jaro(counts)) << a << ' ' << b << ' ' << c << ' ' << h;
  ASSERT_EQ(matcher::jaro_exceeds_boost(c, h, a, b), reference::jaro(counts) > 0.7)
      << a << ' ' << b << ' ' << c << ' ' << h;
  const double expected = reference::jaro_winkler(counts) * 100.0;
  ASSERT_EQ(matcher::jaro_winkler_percent(c, h, p, a, b), expected)
      << a << ' ' << b << ' ' << c << ' ' << h << ' ' << p;
  ASSERT_EQ(matcher::jaro_winkler_at_least_85(c, h, p, a, b), expected >= 85.0)
      << a << ' ' << b << ' ' << c << ' ' << h << ' ' << p;
}

TEST(ScoreAgreement, JaroWinklerPercent_IsTheSameToTheLastBit) {
  constexpr std::uint32_t kLongest = 40;
  const std::uint32_t step = scaled(10) == 10 ? 1 : 3;
  for (std::uint32_t a = 0; a <= kLongest; a += step) {
    for (std::uint32_t b = 0; b <= kLongest; ++b) {
      for (std::uint32_t c = 0; c <= std::min(a, b); ++c) {
        for (std::uint32_t h = 0; h <= c; ++h) {
          for (std::uint32_t p = 0; p <= std::min(c, 4U); ++p) compare_jaro_winkler(a, b, c, h, p);
        }
      }
    }
  }
}

}  // namespace
