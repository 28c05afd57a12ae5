// Candidate policies: which pairs of rows are looked at. All of them look at every pair that can match.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "matcher/blocking/row_index.hpp"
#include "matcher/parallel/cancellation.hpp"

namespace matcher {

// Every left row against every right row, comparing birthdates: n1 x n2 tests, as in the audited program. (That program
// also finds the original row of each hit by a linear scan, which is left out here: it is no part of the claim.)
struct NestedCandidates {
  template <class Record>
  class Index {
   public:
    explicit Index(std::span<const Record> right) : right_(right) {}

    // Calls visit(right row) for each candidate. Throws Cancelled. REQUIRES: left has a birthdate.
    template <class Visit>
    void for_each(const Record& left, CancelPoller& poller, const Visit& visit) const {
      constexpr std::size_t kRowsPerUnit = 256;  // about a microsecond of date tests
      poller.tick(static_cast<std::uint32_t>(right_.size() / kRowsPerUnit));
      for (std::size_t row = 0; row < right_.size(); ++row) {
        if (right_[row].birthdate && *right_[row].birthdate == *left.birthdate) visit(static_cast<std::uint32_t>(row));
      }
    }

   private:
    std::span<const Record> right_;
  };
};

// Right rows grouped by birthdate in a hash table: only pairs that share the date.
struct HashedCandidates {
  template <class Record>
  class Index {
   public:
    explicit Index(std::span<const Record> right) : rows_by_date_(entries(right)) {}

    template <class Visit>
    void for_each(const Record& left, CancelPoller&, const Visit& visit) const {
      for (const std::uint32_t row : rows_by_date_.rows(key(left))) visit(row);
    }

   private:
    RowIndex rows_by_date_;
  };

  template <class Record>
  [[nodiscard]] static std::uint64_t key(const Record& record) {
    return static_cast<std::uint32_t>(*record.birthdate);
  }

  template <class Record>
  [[nodiscard]] static std::vector<RowIndex::Entry> entries(std::span<const Record> right) {
    std::vector<RowIndex::Entry> entries;
    entries.reserve(right.size());
    for (std::size_t row = 0; row < right.size(); ++row) {
      if (right[row].birthdate) entries.push_back({key(right[row]), static_cast<std::uint32_t>(row)});
    }
    return entries;
  }
};

}  // namespace matcher
