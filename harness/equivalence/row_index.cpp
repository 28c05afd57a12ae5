#include "harness/equivalence/row_index.hpp"

#include <sys/mman.h>

#include <new>
#include <numeric>

#include "harness/equivalence/row_key.hpp"

namespace assay::equivalence {
namespace {

// Zeroed memory in huge pages where the system has them: probes hit random slots, and with small pages each would miss
// the translation cache as well.
std::uint64_t* map_slots(std::size_t bytes) {
  void* pages = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) throw std::bad_alloc();
  ::madvise(pages, bytes, MADV_HUGEPAGE);  // only a wish
  return static_cast<std::uint64_t*>(pages);
}

}  // namespace

void RowIndex::Unmap::operator()(std::uint64_t* slots) const {
  ::munmap(slots, bytes);
}

RowIndex::RowIndex(const TableView& table, std::span<const std::size_t> keys, std::uint64_t capacity)
    : table_(table),
      keys_(keys),
      slot_count_(capacity + capacity / 2 + 2),
      slots_(map_slots(slot_count_ * sizeof(std::uint64_t)), Unmap{slot_count_ * sizeof(std::uint64_t)}),
      taken_(table.row_count),
      asked_(table.row_count) {}

std::size_t RowIndex::find(std::uint64_t hash, const TableView& other, std::uint64_t asked) const {
  std::size_t slot = start(hash);
  for (; slots_[slot] != 0; slot = next(slot)) {
    if (same_tag(slots_[slot], hash) && compare_keys(table_, last_row(slots_[slot]), other, asked, keys_) == 0) break;
  }
  return slot;
}

void RowIndex::append(std::uint64_t last, std::uint64_t row) {
  if (successors_.empty()) {
    successors_.resize(table_.row_count);
    std::iota(successors_.begin(), successors_.end(), 0U);  // every row is a ring of its own
  }
  successors_[row] = successors_[last];
  successors_[last] = static_cast<std::uint32_t>(row);
}

bool RowIndex::insert(std::uint64_t hash, std::uint64_t row) {
  const std::size_t slot = find(hash, table_, row);
  const bool known = slots_[slot] != 0;
  if (known) append(last_row(slots_[slot]), row);
  slots_[slot] = (hash << 32) | (row + 1);
  return known;
}

RowIndex::Taken RowIndex::take(std::uint64_t hash, const TableView& other, std::uint64_t asked) {
  const std::size_t slot = find(hash, other, asked);
  if (slots_[slot] == 0) return {std::nullopt, false, false};
  const std::uint64_t last = last_row(slots_[slot]);
  const bool repeated = asked_[last];
  asked_[last] = true;
  const std::uint64_t first = successors_.empty() ? last : successors_[last];
  if (taken_[first]) return {std::nullopt, true, repeated};  // only the last row stays in its ring after it is taken
  taken_[first] = true;
  if (first != last) successors_[last] = successors_[first];
  return {first, true, repeated};
}

void RowIndex::prefetch_key(std::uint64_t hash) const {
  std::size_t slot = start(hash);
  while (slots_[slot] != 0 && !same_tag(slots_[slot], hash)) slot = next(slot);
  if (slots_[slot] == 0) return;
  const std::uint64_t row = last_row(slots_[slot]);
  for (const std::size_t key : keys_) {
    const ColumnView& column = table_.columns[key];
    const void* base = is_text(column.type) ? column.offsets : column.data;
    __builtin_prefetch(static_cast<const std::byte*>(base) + row * value_bytes(column.type));
  }
}

}  // namespace assay::equivalence
