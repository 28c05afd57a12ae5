// Counting symbols and numbering them.
#include "matcher/gpu/layout/alphabet.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "matcher/gpu/layout/row_chunks.hpp"

namespace matcher::gpu {
namespace {

std::size_t utf8_bytes(char32_t symbol) {
  return symbol < 0x80 ? 1 : symbol < 0x800 ? 2 : symbol < 0x10000 ? 3 : 4;
}

struct SymbolCounts {
  std::array<std::size_t, 128> ascii{};
  std::unordered_map<char32_t, std::size_t> others;

  void add(std::u32string_view text) {
    for (const char32_t symbol : text) ++(symbol < ascii.size() ? ascii[symbol] : others[symbol]);
  }
  void add(const SymbolCounts& more) {
    for (std::size_t i = 0; i < ascii.size(); ++i) ascii[i] += more.ascii[i];
    for (const auto& [symbol, count] : more.others) others[symbol] += count;
  }
};

SymbolCounts count_symbols(const NameSource& left, const NameSource& right, unsigned threads) {
  std::vector<SymbolCounts> by_lane(threads);
  for (const NameSource* const table : {&left, &right}) {
    for_row_chunks(threads, table->rows, [&](unsigned lane, std::size_t begin, std::size_t end) {
      std::u32string buffer;
      for (std::size_t row = begin; row < end; ++row) by_lane[lane].add(table->name(row, buffer));
    });
  }
  for (unsigned lane = 1; lane < threads; ++lane) by_lane.front().add(by_lane[lane]);
  return std::move(by_lane.front());
}

}  // namespace

Alphabet Alphabet::of(std::span<const std::u32string> left, std::span<const std::u32string> right) {
  return of(source_of(left), source_of(right), 1);
}

Alphabet Alphabet::of(const NameSource& left, const NameSource& right, unsigned threads) {
  const SymbolCounts counts = count_symbols(left, right, threads);
  std::vector<std::pair<std::size_t, char32_t>> counted;
  for (char32_t symbol = 0; symbol < 128; ++symbol) {
    if (counts.ascii[symbol] > 0) counted.emplace_back(counts.ascii[symbol], symbol);
  }
  for (const auto& [symbol, count] : counts.others) counted.emplace_back(count, symbol);
  std::sort(counted.begin(), counted.end(),
            [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
  Alphabet alphabet;
  alphabet.codes_ = std::min(counted.size(), kMostCodes);
  for (std::size_t i = 0; i < alphabet.codes_; ++i) {
    const auto code = static_cast<std::uint8_t>(i + 1);
    const char32_t symbol = counted[i].second;
    if (symbol < 128) {
      alphabet.ascii_[symbol] = code;
    } else {
      alphabet.others_.emplace(symbol, code);
    }
  }
  return alphabet;
}

std::uint8_t Alphabet::code_beyond_ascii(char32_t symbol) const {
  const auto found = others_.find(symbol);
  return found == others_.end() ? std::uint8_t{0} : found->second;
}

bool Alphabet::covers(std::u32string_view text) const {
  return std::all_of(text.begin(), text.end(), [this](char32_t symbol) { return code(symbol) != 0; });
}

TextLength length_of(std::u32string_view text) {
  char32_t seen = 0;  // its highest bit is that of the largest symbol
  for (const char32_t symbol : text) seen |= symbol;
  std::size_t bytes = text.size();
  if (seen >= 0x80) {
    bytes = 0;
    for (const char32_t symbol : text) bytes += utf8_bytes(symbol);
  }
  return {static_cast<std::uint16_t>(text.size()), static_cast<std::uint16_t>(bytes)};
}

}  // namespace matcher::gpu
