// Levenshtein distance by the full matrix.
#include "matcher/reference/levenshtein.hpp"

#include <algorithm>
#include <vector>

namespace matcher::reference {

std::size_t levenshtein(std::u32string_view a, std::u32string_view b) {
  // distance[i][j] is the distance of the first i characters of a to the first j of b.
  std::vector<std::vector<std::size_t>> distance(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) distance[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) distance[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = distance[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      distance[i][j] = std::min({substituted, distance[i - 1][j] + 1, distance[i][j - 1] + 1});
    }
  }
  return distance[a.size()][b.size()];
}

double levenshtein_percent(std::size_t distance, std::size_t longer_length) {
  if (longer_length == 0) return 100.0;
  return (1.0 - static_cast<double>(distance) / static_cast<double>(longer_length)) * 100.0;
}

}  // namespace matcher::reference
