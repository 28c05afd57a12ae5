// Counting symbols and numbering them.
#include "matcher/gpu/layout/alphabet.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace matcher::gpu {
namespace {

std::size_t utf8_bytes(char32_t symbol) {
  return symbol < 0x80 ? 1 : symbol < 0x800 ? 2 : symbol < 0x10000 ? 3 : 4;
}

}  // namespace

Alphabet Alphabet::of(std::span<const std::u32string> left, std::span<const std::u32string> right) {
  std::array<std::size_t, 128> ascii{};
  std::unordered_map<char32_t, std::size_t> others;
  for (const auto& table : {left, right}) {
    for (const auto& text : table) {
      for (const char32_t symbol : text) ++(symbol < 128 ? ascii[symbol] : others[symbol]);
    }
  }
  std::vector<std::pair<std::size_t, char32_t>> counted;
  for (char32_t symbol = 0; symbol < 128; ++symbol) {
    if (ascii[symbol] > 0) counted.emplace_back(ascii[symbol], symbol);
  }
  for (const auto& [symbol, count] : others) counted.emplace_back(count, symbol);
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

std::uint8_t Alphabet::code(char32_t symbol) const {
  if (symbol < 128) return ascii_[symbol];
  const auto found = others_.find(symbol);
  return found == others_.end() ? std::uint8_t{0} : found->second;
}

bool Alphabet::covers(const std::u32string& text) const {
  return std::all_of(text.begin(), text.end(), [this](char32_t symbol) { return code(symbol) != 0; });
}

TextLength length_of(const std::u32string& text) {
  std::size_t bytes = 0;
  for (const char32_t symbol : text) bytes += utf8_bytes(symbol);
  return {static_cast<std::uint16_t>(text.size()), static_cast<std::uint16_t>(bytes)};
}

}  // namespace matcher::gpu
