// The smallest class that holds a text.
#include "matcher/gpu/layout/length_class.hpp"

#include <algorithm>

namespace matcher::gpu {

LengthClass length_class(const std::u32string& text, const Alphabet& alphabet) {
  if (text.size() > kLongestOnGpu) return LengthClass::kLong;
  if (!alphabet.covers(text)) return LengthClass::kUncoded;
  const auto* const found = std::lower_bound(kClassSymbols.begin(), kClassSymbols.end(), text.size());
  return static_cast<LengthClass>(found - kClassSymbols.begin());
}

ClassRows rows_by_class(std::span<const std::u32string> texts, const Alphabet& alphabet) {
  ClassRows rows;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    rows[static_cast<std::size_t>(length_class(texts[i], alphabet))].push_back(static_cast<std::uint32_t>(i));
  }
  for (auto& of_class : rows) {
    std::stable_sort(of_class.begin(), of_class.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return texts[a].size() < texts[b].size(); });
  }
  return rows;
}

}  // namespace matcher::gpu
