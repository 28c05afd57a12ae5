// String policy: each distinct text is stored once; records, normalized records and matches hold 32-bit atoms.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "matcher/rules/matched_fields.hpp"

namespace matcher {

template <class Allocation>
class InternedStrings {
 public:
  // Position of the text in the table; the default is null.
  struct Text {
    static constexpr std::uint32_t kNull = 0xffffffff;
    std::uint32_t atom = kNull;
  };

  // The words of all matches are stored up front: while it matches, the engine only reads the table.
  InternedStrings() {
    for (const std::string_view word : kMatchedFieldWords) static_cast<void>(intern(word));
  }

  // O(1) expected. The bytes belong to the table, whatever the lane.
  [[nodiscard]] Text store(std::string_view text, Allocation&) { return intern(text); }

  [[nodiscard]] Text clone(const Text& text, Allocation&) const { return text; }

  // REQUIRES: word is one of kMatchedFieldWords.
  [[nodiscard]] Text word(std::string_view word, Allocation&) const { return {atoms_.find(word)->second}; }

  // Equal texts have equal atoms. REQUIRES: neither is null.
  [[nodiscard]] static bool equal(const Text& a, const Text& b) { return a.atom == b.atom; }
  [[nodiscard]] static bool is_null(const Text& text) { return text.atom == Text::kNull; }
  [[nodiscard]] std::string_view view(const Text& text) const {  // null reads as ""
    return is_null(text) ? std::string_view() : texts_[text.atom].view();
  }

 private:
  [[nodiscard]] Text intern(std::string_view text) {
    if (const auto found = atoms_.find(text); found != atoms_.end()) return {found->second};
    const auto atom = static_cast<std::uint32_t>(texts_.size());
    texts_.push_back(allocation_.copy(text));
    atoms_.emplace(texts_.back().view(), atom);
    return {atom};
  }

  Allocation allocation_;
  std::vector<typename Allocation::Text> texts_;  // by atom; the bytes do not move when the vector grows
  std::unordered_map<std::string_view, std::uint32_t> atoms_;
};

}  // namespace matcher
