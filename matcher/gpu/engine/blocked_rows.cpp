// Sorts both tables by key, part by part, and reads off where the keys of both are equal.
#include "matcher/gpu/engine/blocked_rows.hpp"

#include <algorithm>
#include <cstddef>

#include "matcher/gpu/engine/key_partitions.hpp"
#include "matcher/parallel/fork_join.hpp"

namespace matcher::gpu {
namespace {

using Part = std::span<KeyedRow>;

// The rows of one key, as places in the list of rows.
struct Run {
  std::uint32_t begin = 0;
  std::uint32_t for_host = 0;  // from here on
  std::uint32_t end = 0;
};

// Moves the rows of the key at `at` into `rows`.
Run take_run(Part part, std::size_t& at, std::vector<std::uint32_t>& rows) {
  Run run;
  run.begin = static_cast<std::uint32_t>(rows.size());
  run.for_host = run.begin;
  for (const std::uint64_t key = part[at].key; at < part.size() && part[at].key == key; ++at) {
    rows.push_back(part[at].row);
    if (part[at].for_kernels()) ++run.for_host;
  }
  run.end = static_cast<std::uint32_t>(rows.size());
  return run;
}

void add(const RowBlock& block, std::vector<RowBlock>& blocks) {
  if (block.pairs() > 0) blocks.push_back(block);
}

// REQUIRES: both sorted.
BlockedRows join(Part left, Part right) {
  BlockedRows rows;
  std::size_t l = 0;
  std::size_t r = 0;
  while (l < left.size() && r < right.size()) {
    if (left[l].key != right[r].key) {
      left[l].key < right[r].key ? ++l : ++r;
      continue;
    }
    const Run of_left = take_run(left, l, rows.left);
    const Run of_right = take_run(right, r, rows.right);
    add({of_left.begin, of_left.for_host, of_right.begin, of_right.for_host}, rows.for_kernels);
    add({of_left.begin, of_left.for_host, of_right.for_host, of_right.end}, rows.for_host);
    add({of_left.for_host, of_left.end, of_right.begin, of_right.end}, rows.for_host);
  }
  return rows;
}

void append(const std::vector<RowBlock>& blocks, const BlockedRows& before, std::vector<RowBlock>& all) {
  const auto left = static_cast<std::uint32_t>(before.left.size());
  const auto right = static_cast<std::uint32_t>(before.right.size());
  for (const RowBlock& block : blocks) {
    all.push_back({block.left_begin + left, block.left_end + left, block.right_begin + right, block.right_end + right});
  }
}

void append(const BlockedRows& part, BlockedRows& all) {
  append(part.for_kernels, all, all.for_kernels);
  append(part.for_host, all, all.for_host);
  all.left.insert(all.left.end(), part.left.begin(), part.left.end());
  all.right.insert(all.right.end(), part.right.begin(), part.right.end());
}

}  // namespace

std::uint64_t pairs_of(std::span<const RowBlock> blocks) {
  std::uint64_t pairs = 0;
  for (const RowBlock& block : blocks) pairs += block.pairs();
  return pairs;
}

BlockedRows blocked_rows(const KeyedNames& left, const KeyedNames& right, std::uint64_t no_key, unsigned threads) {
  const std::size_t count = KeyPartitions::count_for(std::max(left.keys.size(), right.keys.size()));
  KeyPartitions of_left(left.names, left.keys, no_key, count, threads);
  KeyPartitions of_right(right.names, right.keys, no_key, count, threads);
  std::vector<BlockedRows> parts(count);
  fork_join(threads, count, [&](unsigned /*lane*/, std::size_t number) {
    for (const Part part : {of_left.part(number), of_right.part(number)}) std::sort(part.begin(), part.end());
    parts[number] = join(of_left.part(number), of_right.part(number));
  });
  BlockedRows all;
  for (const BlockedRows& part : parts) append(part, all);
  return all;
}

}  // namespace matcher::gpu
