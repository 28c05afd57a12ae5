// Sorts both tables by key and reads off where the keys of both are equal.
#include "matcher/gpu/engine/blocked_rows.hpp"

#include <algorithm>
#include <cstddef>
#include <tuple>

#include "matcher/gpu/layout/views.hpp"

namespace matcher::gpu {
namespace {

constexpr std::uint32_t kNotForKernels = kPatternSymbols + 1;

struct Entry {
  std::uint64_t key;
  std::uint32_t length;  // or kNotForKernels
  std::uint32_t row;
};
using Entries = std::vector<Entry>;

Entries entries_of(const KeyedNames& table, const Alphabet& alphabet, std::uint64_t no_key) {
  Entries entries;
  for (std::size_t row = 0; row < table.keys.size(); ++row) {
    if (table.keys[row] == no_key) continue;
    const std::u32string& name = table.names[row];
    const bool fits = name.size() <= kPatternSymbols && alphabet.covers(name);
    entries.push_back({table.keys[row], fits ? static_cast<std::uint32_t>(name.size()) : kNotForKernels,
                       static_cast<std::uint32_t>(row)});
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.key, a.length, a.row) < std::tie(b.key, b.length, b.row);
  });
  return entries;
}

// The entries of one key, as places in the list of rows.
struct Run {
  std::uint32_t begin = 0;
  std::uint32_t for_host = 0;  // from here on
  std::uint32_t end = 0;
};

// Moves the entries of the key at `at` into `rows`.
Run take_run(const Entries& entries, std::size_t& at, std::vector<std::uint32_t>& rows) {
  Run run;
  run.begin = static_cast<std::uint32_t>(rows.size());
  run.for_host = run.begin;
  for (const std::uint64_t key = entries[at].key; at < entries.size() && entries[at].key == key; ++at) {
    rows.push_back(entries[at].row);
    if (entries[at].length != kNotForKernels) ++run.for_host;
  }
  run.end = static_cast<std::uint32_t>(rows.size());
  return run;
}

void add(const RowBlock& block, std::vector<RowBlock>& blocks) {
  if (block.pairs() > 0) blocks.push_back(block);
}

}  // namespace

std::uint64_t pairs_of(std::span<const RowBlock> blocks) {
  std::uint64_t pairs = 0;
  for (const RowBlock& block : blocks) pairs += block.pairs();
  return pairs;
}

BlockedRows blocked_rows(const KeyedNames& left, const KeyedNames& right, const Alphabet& alphabet,
                         std::uint64_t no_key) {
  const Entries left_entries = entries_of(left, alphabet, no_key);
  const Entries right_entries = entries_of(right, alphabet, no_key);
  BlockedRows rows;
  std::size_t l = 0;
  std::size_t r = 0;
  while (l < left_entries.size() && r < right_entries.size()) {
    if (left_entries[l].key != right_entries[r].key) {
      left_entries[l].key < right_entries[r].key ? ++l : ++r;
      continue;
    }
    const Run of_left = take_run(left_entries, l, rows.left);
    const Run of_right = take_run(right_entries, r, rows.right);
    add({of_left.begin, of_left.for_host, of_right.begin, of_right.for_host}, rows.for_kernels);
    add({of_left.begin, of_left.for_host, of_right.for_host, of_right.end}, rows.for_host);
    add({of_left.for_host, of_left.end, of_right.begin, of_right.end}, rows.for_host);
  }
  return rows;
}

}  // namespace matcher::gpu
