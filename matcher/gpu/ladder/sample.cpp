#include "matcher/gpu/ladder/sample.hpp"

#include <random>

#include "matcher/parallel/fork_join.hpp"
#include "matcher/similarity/bit_parallel.hpp"

namespace matcher::gpu {
namespace {

constexpr std::uint32_t kLengthsPerClass = 4;  // 9 to 12 symbols, say
constexpr std::size_t kCopyEvery = 100;
constexpr std::size_t kMostEdits = 2;

using Random = std::mt19937_64;

std::uint32_t below(Random& random, std::uint32_t bound) {
  return static_cast<std::uint32_t>(random() % bound);
}

char32_t letter(Random& random) {
  return U'a' + below(random, 26);
}

std::u32string name(Random& random, std::uint32_t longest) {
  std::u32string text(longest - below(random, kLengthsPerClass), U' ');
  for (char32_t& symbol : text) symbol = letter(random);
  return text;
}

std::u32string edited(Random& random, std::u32string text, std::size_t edits) {
  for (; edits > 0; --edits) text[below(random, static_cast<std::uint32_t>(text.size()))] = letter(random);
  return text;
}

}  // namespace

Sample::Sample(const SampleShape& shape) : shape_(shape), left_(shape.left_rows), right_(shape.right_rows) {
  Random random(shape.seed * 64 + shape.longest);
  for (std::u32string& text : left_) text = name(random, shape.longest);
  for (std::size_t i = 0; i < right_.size(); ++i) {
    const bool is_copy = i % kCopyEvery == 0;
    right_[i] = is_copy ? edited(random, left_[below(random, shape.left_rows)], i / kCopyEvery % (kMostEdits + 1))
                        : name(random, shape.longest);
  }
  alphabet_ = Alphabet::of(left_, right_);
  parts_.resize(std::size_t{shape.left_rows} * shape.right_rows);
  fork_join(available_threads(), left_.size(), [&](unsigned /*lane*/, std::size_t row) {
    PackedParts* const scores = parts_.data() + row * right_.size();
    for (std::size_t i = 0; i < right_.size(); ++i) scores[i] = pack_parts(score_bit_parallel(left_[row], right_[i]));
  });
}

std::vector<RowPair> Sample::listed_pairs() const {
  std::vector<RowPair> pairs;
  pairs.reserve(std::size_t{shape_.listed_rows} * shape_.right_rows);
  for (std::uint32_t left = 0; left < shape_.listed_rows; ++left) {
    for (std::uint32_t right = 0; right < shape_.right_rows; ++right) pairs.push_back({left, right});
  }
  return pairs;
}

}  // namespace matcher::gpu
