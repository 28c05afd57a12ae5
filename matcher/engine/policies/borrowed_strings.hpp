// String policy of production: original texts stay in the caller's columns, matches hold row numbers, and normalized
// names are packed end to end in the lane's allocation.
#pragma once

#include <string_view>

namespace matcher {

template <class Allocation>
class BorrowedStrings {
 public:
  using Text = typename Allocation::Text;
  static constexpr bool kKeepsPersons = false;
  static constexpr bool kStoresConcurrently = true;

  [[nodiscard]] Text store(std::string_view text, Allocation& allocation) { return allocation.copy(text); }

  // REQUIRES: neither is null.
  [[nodiscard]] static bool equal(const Text& a, const Text& b) { return a.view() == b.view(); }
  [[nodiscard]] static bool is_null(const Text& text) { return text.is_null(); }
  [[nodiscard]] std::string_view view(const Text& text) const { return text.view(); }  // null reads as ""
};

}  // namespace matcher
