#include "matcher/gpu/ladder/answers.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

#include "matcher/gpu/kernels/threshold.hpp"

namespace matcher::gpu {
namespace {

PairLengths lengths_of(const Sample& sample, std::size_t left, std::size_t right) {
  const TextLength a = length_of(sample.left()[left]);
  const TextLength b = length_of(sample.right()[right]);
  return {a.symbols, b.symbols, std::max<std::uint32_t>(a.bytes, b.bytes)};
}

template <class T>
bool is_forgotten(T value) {
  static_assert(sizeof(T) == sizeof(std::uint32_t));
  return std::bit_cast<std::uint32_t>(value) == kForgotten * 0x01010101U;
}

// The results of the first `pairs` pairs, and one more where the list has one: it must be as it was, or the run looked
// at more than its time would be divided by.
template <class T>
DeviceResult<std::vector<T>> read_listed(const LadderTables& tables, const DeviceArray<T>& results, std::uint64_t each,
                                         std::uint64_t pairs, cudaStream_t stream) {
  return results.read(stream, each * pairs + (pairs < tables.listed() ? 1 : 0));
}

template <class T>
bool wrote_no_more(const std::vector<T>& results, std::uint64_t count) {
  return results.size() == count || is_forgotten(results[count]);
}

// Of the pairs of the square: marks those that were found; false if one is there twice, has other scores, or is none of
// them.
bool mark_found(const Sample& sample, const Square& square, const std::vector<Match>& matches,
                std::vector<bool>& found) {
  for (const Match& match : matches) {
    if (match.left >= square.left || match.right >= square.right) return false;
    const std::size_t pair = match.left * sample.right().size() + match.right;
    if (found[pair] || match.parts != sample.parts()[pair]) return false;
    found[pair] = true;
  }
  return true;
}

}  // namespace

std::optional<Square> square_of(const Sample& sample, std::uint64_t pairs) {
  const SampleShape& shape = sample.shape();
  if (pairs == sample.parts().size()) return Square{shape.left_rows, shape.right_rows};
  const auto side = static_cast<std::uint32_t>(std::llround(std::sqrt(static_cast<double>(pairs))));
  if (std::uint64_t{side} * side != pairs || side > std::min(shape.left_rows, shape.right_rows)) return std::nullopt;
  return Square{side, side};
}

DeviceResult<bool> listed_scores_are_right(const LadderTables& tables, std::uint64_t pairs, cudaStream_t stream) {
  auto scores = read_listed(tables, tables.scores, 1, pairs, stream);
  if (!scores) return hand_on(scores);
  const auto end = scores->begin() + static_cast<std::ptrdiff_t>(pairs);
  return wrote_no_more(*scores, pairs) && std::equal(scores->begin(), end, tables.sample().parts().begin());
}

DeviceResult<bool> square_scores_are_right(const LadderTables& tables, const Square& square, cudaStream_t stream) {
  const std::size_t pitch = tables.sample().right().size();
  const std::size_t rows = std::min<std::size_t>(square.left + std::size_t{1}, tables.sample().left().size());
  auto scores = tables.scores.read(stream, rows * pitch);
  if (!scores) return hand_on(scores);
  for (std::size_t row = 0; row < rows; ++row) {
    const PackedParts* const wrote = scores->data() + row * pitch;
    const std::size_t columns = row < square.left ? square.right : 0;
    if (!std::equal(wrote, wrote + columns, tables.sample().parts().data() + row * pitch)) return false;
    if (!std::all_of(wrote + columns, wrote + pitch, is_forgotten<PackedParts>)) return false;
  }
  return true;
}

DeviceResult<bool> percents_are_right(const LadderTables& tables, std::uint64_t pairs, cudaStream_t stream) {
  auto percents = read_listed(tables, tables.percents, 4, pairs, stream);
  if (!percents) return hand_on(percents);
  if (!wrote_no_more(*percents, 4 * pairs)) return false;
  const Sample& sample = tables.sample();
  const float* const largest = percents->data() + 3 * pairs;
  for (std::size_t i = 0; i < pairs; ++i) {
    const PairLengths lengths = lengths_of(sample, i / sample.right().size(), i % sample.right().size());
    if (largest[i] !=
        largest_percent<float>(unpack_parts(sample.parts()[i]), lengths.left, lengths.right, lengths.longest_bytes)) {
      return false;
    }
  }
  return true;
}

DeviceResult<bool> distances_are_right(const LadderTables& tables, std::uint64_t pairs, cudaStream_t stream) {
  auto distances = read_listed(tables, tables.scores, 1, pairs, stream);
  if (!distances) return hand_on(distances);
  if (!wrote_no_more(*distances, pairs)) return false;
  const auto end = distances->begin() + static_cast<std::ptrdiff_t>(pairs);
  return std::equal(distances->begin(), end, tables.sample().parts().begin(),
                    [](std::uint32_t distance, PackedParts parts) { return distance == unpack_parts(parts).distance; });
}

DeviceResult<bool> matches_are_right(const LadderTables& tables, const Square& square, cudaStream_t stream) {
  auto counts = tables.counts.read(stream, 2);
  if (!counts) return hand_on(counts);
  if (counts->front() > tables.matches.size()) return false;
  auto matches = tables.matches.read(stream, counts->front());
  if (!matches) return hand_on(matches);
  const Sample& sample = tables.sample();
  std::vector<bool> found(sample.parts().size());
  if (!mark_found(sample, square, *matches, found)) return false;
  for (std::size_t left = 0; left < square.left; ++left) {
    for (std::size_t right = 0; right < square.right; ++right) {
      const std::size_t pair = left * sample.right().size() + right;
      if (found[pair]) continue;
      if (accepts(kLadderThreshold, unpack_parts(sample.parts()[pair]), lengths_of(sample, left, right))) return false;
    }
  }
  return true;
}

}  // namespace matcher::gpu
