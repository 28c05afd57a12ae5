// Finds the rows of a table by key and hands each out once: a flat hash table of row numbers.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "harness/equivalence/table_view.hpp"

namespace assay::equivalence {

// insert* take*
//
// Linear probing over 1.5 slots per row; a slot holds half of the hash beside the row number, so that rows of another
// key are passed over without touching the table. Rows that share a key hang together in a list and take one slot, so a
// table full of equal rows costs no more than any other. Memory: 12.25 bytes a row, and 4 more a row from the first key
// that repeats on.
class RowIndex {
 public:
  static constexpr std::uint64_t kMostRows = 0xffff'fffe;

  // REQUIRES: table.row_count <= kMostRows; at most `capacity` insertions; table and keys outlive the index.
  // Throws std::bad_alloc.
  RowIndex(const TableView& table, std::span<const std::size_t> keys, std::uint64_t capacity);

  // Adds a row of the table; returns whether its key was there already.
  bool insert(std::uint64_t hash, std::uint64_t row);

  struct Taken {
    std::optional<std::uint64_t> row;  // null: every row with this key is taken, or there is none
    bool known = false;                // the table has this key
    bool repeated = false;             // the key was asked for before
  };
  // Hands out the first row, in order of insertion, that has the key of row `asked` of `other` and was not handed out
  // yet.
  [[nodiscard]] Taken take(std::uint64_t hash, const TableView& other, std::uint64_t asked);

  [[nodiscard]] bool is_taken(std::uint64_t row) const { return taken_[row]; }

  // Fetch what an operation with this hash will need: first the slot, and some rows later the key it points to.
  void prefetch_slot(std::uint64_t hash) const { __builtin_prefetch(&slots_[start(hash)]); }
  void prefetch_key(std::uint64_t hash) const;

 private:
  // The upper bits of hash * slots: a range without a division (Lemire 2019). The lower half of the hash is the tag.
  [[nodiscard]] std::size_t start(std::uint64_t hash) const {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::size_t>(static_cast<Wide>(hash) * slot_count_ >> 64);
  }
  [[nodiscard]] std::size_t next(std::size_t slot) const { return slot + 1 == slot_count_ ? 0 : slot + 1; }
  [[nodiscard]] static bool same_tag(std::uint64_t slot, std::uint64_t hash) {
    return slot >> 32 == (hash & 0xffff'ffff);
  }
  [[nodiscard]] static std::uint64_t last_row(std::uint64_t slot) { return (slot & 0xffff'ffff) - 1; }

  // The slot of the key of row `asked`, or the free one where it belongs.
  [[nodiscard]] std::size_t find(std::uint64_t hash, const TableView& other, std::uint64_t asked) const;
  void append(std::uint64_t last, std::uint64_t row);

  struct Unmap {
    std::size_t bytes = 0;
    void operator()(std::uint64_t* slots) const;
  };

  const TableView& table_;
  std::span<const std::size_t> keys_;
  std::size_t slot_count_;
  std::unique_ptr<std::uint64_t[], Unmap> slots_;  // (half of the hash) << 32 | (last row of the key + 1); 0: free
  std::vector<std::uint32_t> successors_;          // ring of the rows of a key, last to first; empty: no key repeats
  std::vector<bool> taken_;                        // by row
  std::vector<bool> asked_;                        // by last row of the key
};

}  // namespace assay::equivalence
