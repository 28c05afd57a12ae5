// Finds the characters of CSV text that mean something, 16 bytes at a time.
#pragma once

#include <emmintrin.h>

#include <cstddef>

namespace matcher {

// The first delimiter, line feed, carriage return or quote in [begin, end); end if there is none.
[[nodiscard]] inline const char* find_special(const char* begin, const char* end, char delimiter) {
  constexpr std::ptrdiff_t kStep = 16;
  const __m128i delimiters = _mm_set1_epi8(delimiter);
  const __m128i line_feeds = _mm_set1_epi8('\n');
  const __m128i returns = _mm_set1_epi8('\r');
  const __m128i quotes = _mm_set1_epi8('"');
  const char* p = begin;
  for (; end - p >= kStep; p += kStep) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    const __m128i separators = _mm_or_si128(_mm_cmpeq_epi8(bytes, delimiters), _mm_cmpeq_epi8(bytes, line_feeds));
    const __m128i others = _mm_or_si128(_mm_cmpeq_epi8(bytes, returns), _mm_cmpeq_epi8(bytes, quotes));
    const int found = _mm_movemask_epi8(_mm_or_si128(separators, others));
    if (found != 0) return p + __builtin_ctz(static_cast<unsigned>(found));
  }
  while (p != end && *p != delimiter && *p != '\n' && *p != '\r' && *p != '"') ++p;
  return p;
}

struct CsvMarks {
  std::size_t quotes = 0;
  std::size_t lines = 0;
};

// How many quotes and line feeds stand in [begin, end).
[[nodiscard]] inline CsvMarks count_marks(const char* begin, const char* end) {
  constexpr std::ptrdiff_t kStep = 16;
  constexpr int kMostSteps = 255;  // a byte counts that far
  const __m128i zero = _mm_setzero_si128();
  const __m128i line_feeds = _mm_set1_epi8('\n');
  const __m128i quotes = _mm_set1_epi8('"');
  const auto sum = [&](__m128i bytes) {
    const __m128i halves = _mm_sad_epu8(bytes, zero);
    return static_cast<std::size_t>(_mm_cvtsi128_si64(halves)) +
           static_cast<std::size_t>(_mm_cvtsi128_si64(_mm_unpackhi_epi64(halves, halves)));
  };
  CsvMarks marks;
  const char* p = begin;
  while (end - p >= kStep) {
    __m128i quote_counts = zero;
    __m128i line_counts = zero;
    for (int step = 0; step < kMostSteps && end - p >= kStep; ++step, p += kStep) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
      quote_counts = _mm_sub_epi8(quote_counts, _mm_cmpeq_epi8(bytes, quotes));  // equal is -1
      line_counts = _mm_sub_epi8(line_counts, _mm_cmpeq_epi8(bytes, line_feeds));
    }
    marks.quotes += sum(quote_counts);
    marks.lines += sum(line_counts);
  }
  for (; p != end; ++p) {
    marks.quotes += *p == '"' ? 1U : 0U;
    marks.lines += *p == '\n' ? 1U : 0U;
  }
  return marks;
}

}  // namespace matcher
