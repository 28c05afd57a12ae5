#include "tests/matcher/gpu/kernels/random_names.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <numeric>

#include "matcher/gpu/layout/alphabet.hpp"
#include "matcher/similarity/scalar.hpp"

namespace matcher::gpu {
namespace {

char32_t symbol(std::uint32_t number) {
  return number % 3 == 2 ? char32_t{0xE0} + number * 0x31 : U'a' + number;
}

class Names {
 public:
  Names(const NameShape& shape, std::uint64_t stream) : shape_(shape), random_(test_seed() * 1000 + stream) {}

  std::u32string fresh() {
    std::u32string text;
    for (std::uint32_t rest = below(shape_.longest + 1); rest > 0; --rest) text += any();
    return text;
  }
  std::u32string edited(std::u32string text) {
    for (std::uint32_t edits = below(4); edits > 0; --edits) {
      const std::size_t at = below(static_cast<std::uint32_t>(text.size()) + 1);
      switch (below(4)) {
        case 0:
          text.insert(at, 1, any());
          break;
        case 1:
          text.erase(at, 1);
          break;
        case 2:
          if (at < text.size()) text[at] = any();
          break;
        default:
          if (at + 1 < text.size()) std::swap(text[at], text[at + 1]);
      }
    }
    text.resize(std::min<std::size_t>(text.size(), shape_.longest));
    return text;
  }
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(random_() % bound); }

 private:
  char32_t any() { return symbol(below(shape_.symbols)); }

  NameShape shape_;
  std::mt19937_64 random_;
};

}  // namespace

std::uint64_t test_seed() {
  static const std::uint64_t seed = [] {
    const char* const text = std::getenv("ASSAY_TEST_SEED");
    const std::uint64_t chosen = text != nullptr ? std::strtoull(text, nullptr, 10) : 20261129;
    std::printf("ASSAY_TEST_SEED=%llu\n", static_cast<unsigned long long>(chosen));
    return chosen;
  }();
  return seed;
}

NameTables random_names(const NameShape& shape, std::uint64_t stream) {
  Names names(shape, stream);
  NameTables tables;
  for (std::size_t i = 0; i < shape.rows; ++i) {
    tables.left.push_back(names.fresh());
    const bool related = names.below(2) == 0;
    tables.right.push_back(related ? names.edited(tables.left[names.below(static_cast<std::uint32_t>(i) + 1)])
                                   : names.fresh());
  }
  return tables;
}

PackedParts expected_parts(const std::u32string& left, const std::u32string& right) {
  return pack_parts(score_scalar(left, right));
}

PairLengths lengths_of(const std::u32string& left, const std::u32string& right) {
  return {static_cast<std::uint32_t>(left.size()), static_cast<std::uint32_t>(right.size()),
          std::max<std::uint32_t>(length_of(left).bytes, length_of(right).bytes)};
}

std::vector<std::uint32_t> all_rows(std::size_t rows) {
  std::vector<std::uint32_t> numbers(rows);
  std::iota(numbers.begin(), numbers.end(), 0U);
  return numbers;
}

std::vector<RowPair> random_pairs(const NameTables& tables, std::size_t count, std::uint64_t stream) {
  std::mt19937_64 random(test_seed() + stream);
  std::vector<RowPair> pairs(count);
  for (auto& pair : pairs) {
    pair = {static_cast<std::uint32_t>(random() % tables.left.size()),
            static_cast<std::uint32_t>(random() % tables.right.size())};
  }
  return pairs;
}

emulator::EmulatorOptions shuffled() {
  return {test_seed(), true, true};
}

}  // namespace matcher::gpu
