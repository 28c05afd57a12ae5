// Rows of a table grouped by a 64-bit key: counted, laid out, filled.
#include "matcher/blocking/row_index.hpp"

#include <bit>

namespace matcher {

RowIndex::RowIndex(std::span<const Entry> entries) {
  if (entries.empty()) return;
  slots_.resize(std::bit_ceil(entries.size() * 2));  // at most half full even if every key is distinct
  mask_ = slots_.size() - 1;
  std::vector<std::uint32_t> slot_by_entry(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::size_t slot = slot_of(entries[i].key);
    slots_[slot].key = entries[i].key;
    ++slots_[slot].count;
    slot_by_entry[i] = static_cast<std::uint32_t>(slot);
  }
  std::uint32_t begin = 0;
  for (Slot& slot : slots_) {
    slot.begin = begin;
    begin += slot.count;
  }
  rows_.resize(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) rows_[slots_[slot_by_entry[i]].begin++] = entries[i].row;
  for (Slot& slot : slots_) slot.begin -= slot.count;
}

}  // namespace matcher
