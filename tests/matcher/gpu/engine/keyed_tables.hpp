// Two tables of random names with keys, and what block kernels must hand back for them, by the formulas.
#pragma once

#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "matcher/gpu/engine/blocked_rows.hpp"
#include "matcher/similarity/scalar.hpp"
#include "matcher/similarity/score.hpp"

namespace matcher::gpu {

using PairSet = std::set<std::pair<std::uint32_t, std::uint32_t>>;

struct KeyedTables {
  std::vector<std::u32string> left_names, right_names;
  std::vector<std::uint64_t> left_keys, right_keys;  // 0: none
  Alphabet alphabet;
  EncodedNames left, right;
  BlockedRows rows;

  // Names of 0 to 70 symbols, most of them short; a third are damaged copies of others; `keys` different keys.
  KeyedTables(std::size_t row_count, std::uint64_t keys, std::uint64_t seed) : random_(seed) {
    fill(row_count, keys, left_names, left_keys);
    right_names.insert(right_names.end(), left_names.begin(), left_names.begin() + static_cast<long>(row_count / 2));
    fill(row_count, keys, right_names, right_keys);
    alphabet = Alphabet::of(left_names, right_names);
    left = encode_names(left_names, alphabet);
    right = encode_names(right_names, alphabet);
    rows = blocked_rows({left, left_keys}, {right, right_keys}, 0);
  }

  // Pairs of equal keys; of them those that kernels can read.
  [[nodiscard]] PairSet of_equal_keys() const {
    PairSet pairs;
    for (std::uint32_t l = 0; l < left_keys.size(); ++l) {
      for (std::uint32_t r = 0; r < right_keys.size(); ++r) {
        if (left_keys[l] != 0 && left_keys[l] == right_keys[r]) pairs.insert({l, r});
      }
    }
    return pairs;
  }
  [[nodiscard]] bool readable(const std::pair<std::uint32_t, std::uint32_t>& pair) const {
    const auto fits = [&](const std::u32string& name) { return name.size() <= 32 && alphabet.covers(name); };
    return fits(left_names[pair.first]) && fits(right_names[pair.second]);
  }
  [[nodiscard]] ScoreParts parts(std::uint32_t l, std::uint32_t r) const {
    return score_scalar(left_names[l], right_names[r]);
  }
  [[nodiscard]] bool reaches(double percent, std::uint32_t l, std::uint32_t r) const {
    const std::uint32_t bytes = std::max(length_of(left_names[l]).bytes, length_of(right_names[r]).bytes);
    return largest_percent(parts(l, r), static_cast<std::uint32_t>(left_names[l].size()),
                           static_cast<std::uint32_t>(right_names[r].size()), bytes) >= percent;
  }
  [[nodiscard]] PairSet readable_that_reach(double percent) const {
    PairSet pairs;
    for (const auto& pair : of_equal_keys()) {
      if (readable(pair) && reaches(percent, pair.first, pair.second)) pairs.insert(pair);
    }
    return pairs;
  }

 private:
  void fill(std::size_t row_count, std::uint64_t keys, std::vector<std::u32string>& names,
            std::vector<std::uint64_t>& keys_of_rows) {
    while (names.size() < row_count) {
      std::u32string name = random_() % 3 == 0 && !names.empty() ? names[random_() % names.size()] : fresh();
      if (!name.empty() && random_() % 2 == 0) name[random_() % name.size()] = U'q';
      names.push_back(name);
    }
    for (std::size_t row = 0; row < row_count; ++row) keys_of_rows.push_back(random_() % (keys + 1));
  }
  std::u32string fresh() {
    constexpr std::u32string_view kLetters = U"abcdeno\u00F1\u00F8-'\u674E";
    std::u32string text(random_() % 20 == 0 ? random_() % 70 : random_() % 24, U'a');
    for (char32_t& symbol : text) symbol = kLetters[random_() % kLetters.size()];
    return text;
  }

  std::mt19937_64 random_;
};

}  // namespace matcher::gpu
