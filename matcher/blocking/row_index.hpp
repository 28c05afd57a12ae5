// Rows of a table grouped by a 64-bit key: the candidate index of every hashed join.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace matcher {

// An immutable multimap key -> rows. Open addressing over the distinct keys; the rows of one key are contiguous and in
// ascending order. Build O(n), lookup O(1) expected, 4 bytes per row and 16 to 32 per distinct key.
class RowIndex {
 public:
  struct Entry {
    std::uint64_t key;
    std::uint32_t row;
  };

  RowIndex() = default;
  // REQUIRES: rows are ascending and fit in 32 bits. Rows without a key are left out by the caller.
  explicit RowIndex(std::span<const Entry> entries);

  // Rows with this key; empty if there are none.
  [[nodiscard]] std::span<const std::uint32_t> rows(std::uint64_t key) const {
    if (slots_.empty()) return rows_;
    const Slot& slot = slots_[slot_of(key)];
    return {rows_.data() + slot.begin, slot.count};
  }

  // The rows of all keys, those of one key side by side: every span that rows() gives lies in here.
  [[nodiscard]] std::span<const std::uint32_t> all_rows() const { return rows_; }

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t begin = 0;
    std::uint32_t count = 0;  // 0: the slot is free
  };

  // Finalizer of SplitMix64 (G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA
  // 2014): dates and packed codes are far from uniform.
  [[nodiscard]] static std::uint64_t mix(std::uint64_t key) {
    key = (key ^ (key >> 30)) * 0xbf58476d1ce4e5b9ULL;
    key = (key ^ (key >> 27)) * 0x94d049bb133111ebULL;
    return key ^ (key >> 31);
  }
  // The slot that holds the key, or the free slot where it would go.
  [[nodiscard]] std::size_t slot_of(std::uint64_t key) const {
    std::size_t slot = mix(key) & mask_;
    while (slots_[slot].count != 0 && slots_[slot].key != key) slot = (slot + 1) & mask_;
    return slot;
  }

  std::vector<Slot> slots_;
  std::vector<std::uint32_t> rows_;
  std::uint64_t mask_ = 0;
};

}  // namespace matcher
