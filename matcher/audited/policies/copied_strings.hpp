// String policy: every record, normalized record and match owns copies of its texts, as in the audited program.
#pragma once

#include <cstddef>
#include <string_view>

namespace matcher {

template <class Allocation>
class CopiedStrings {
 public:
  using Text = typename Allocation::Text;

  [[nodiscard]] Text store(std::string_view text, Allocation& allocation) { return allocation.copy(text); }

  [[nodiscard]] Text clone(const Text& text, Allocation& allocation) const {
    return text.is_null() ? Text() : allocation.copy(text.view());
  }

  // A word of matched_fields: the same in very many matches, owned anew by each.
  [[nodiscard]] Text word(std::string_view word, Allocation& allocation) const { return allocation.copy(word); }

  // REQUIRES: neither is null.
  [[nodiscard]] static bool equal(const Text& a, const Text& b) { return a.view() == b.view(); }
  [[nodiscard]] static bool is_null(const Text& text) { return text.is_null(); }
  [[nodiscard]] std::string_view view(const Text& text) const { return text.view(); }  // null reads as ""
};

}  // namespace matcher
