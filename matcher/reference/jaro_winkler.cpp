// Jaro and Jaro-Winkler similarity, straight from the definition.
#include "matcher/reference/jaro_winkler.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace matcher::reference {

JaroCounts count_jaro(std::u32string_view a, std::u32string_view b) {
  const std::size_t half = std::max(a.size(), b.size()) / 2;
  const std::size_t window = half == 0 ? 0 : half - 1;
  std::vector<bool> taken(b.size(), false);
  std::u32string matched_a;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t apart = i > j ? i - j : j - i;
      if (apart > window || taken[j] || a[i] != b[j]) continue;
      taken[j] = true;
      matched_a += a[i];
      break;
    }
  }
  std::u32string matched_b;
  for (std::size_t j = 0; j < b.size(); ++j) {
    if (taken[j]) matched_b += b[j];
  }

  JaroCounts counts{.left_length = a.size(), .right_length = b.size(), .matches = matched_a.size()};
  for (std::size_t k = 0; k < matched_a.size(); ++k) {
    if (matched_a[k] != matched_b[k]) ++counts.half_transpositions;
  }
  while (counts.prefix < std::min({a.size(), b.size(), std::size_t{4}}) && a[counts.prefix] == b[counts.prefix]) {
    ++counts.prefix;
  }
  return counts;
}

double jaro(const JaroCounts& counts) {
  if (counts.left_length == 0 && counts.right_length == 0) return 1.0;
  if (counts.matches == 0) return 0.0;
  const auto matches = static_cast<double>(counts.matches);
  const auto in_order = static_cast<double>(counts.matches - counts.half_transpositions / 2);
  return (matches / static_cast<double>(counts.left_length) + matches / static_cast<double>(counts.right_length) +
          in_order / matches) /
         3.0;
}

double jaro_winkler(const JaroCounts& counts) {
  const double similarity = jaro(counts);
  if (similarity <= 0.7) return similarity;
  return similarity + 0.1 * static_cast<double>(counts.prefix) * (1.0 - similarity);
}

}  // namespace matcher::reference
