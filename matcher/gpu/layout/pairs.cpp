// The audited structure.
#include "matcher/gpu/layout/pairs.hpp"

#include <cassert>
#include <cstddef>

namespace matcher::gpu {

std::vector<AuditedPair> audited_pairs(std::span<const std::u32string> left, std::span<const std::u32string> right,
                                       std::span<const RowPair> pairs, const Alphabet& alphabet) {
  const auto encode = [&alphabet](const std::u32string& text, std::uint8_t* symbols) {
    assert(text.size() <= kAuditedTextSymbols);
    for (std::size_t i = 0; i < text.size(); ++i) symbols[i] = alphabet.code(text[i]);
    return length_of(text);
  };
  std::vector<AuditedPair> records(pairs.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    records[i].left_length = encode(left[pairs[i].left], records[i].left);
    records[i].right_length = encode(right[pairs[i].right], records[i].right);
  }
  return records;
}

}  // namespace matcher::gpu
