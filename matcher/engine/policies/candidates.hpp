// Candidate policies: which pairs of rows are looked at. All of them look at every pair that can match.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "matcher/blocking/row_index.hpp"
#include "matcher/engine/cancellation.hpp"
#include "matcher/engine/join_key_value.hpp"

namespace matcher {

// Every left row against every right row, comparing birthdates: n1 x n2 tests, as in the audited program. (That program
// also finds the original row of each hit by a linear scan, which is left out here: it is no part of the claim.)
struct NestedCandidates {
  static constexpr bool kFinestKey = false;
  struct Stored {};

  template <class Record>
  class Index {
   public:
    template <class KeyOf>
    Index(std::span<const Record> right, const KeyOf&) : right_(right) {}

    // Calls visit(right row) for each candidate of a left record with this key. Throws Cancelled.
    template <class Visit>
    void for_each(const Record& left, const JoinKeyValue&, CancelPoller& poller, const Visit& visit) const {
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
  static constexpr bool kFinestKey = false;
  struct Stored {};

  template <class Record>
  class Index {
   public:
    // key_of(record): a JoinKeyValue, or nothing if the record can match nobody.
    template <class KeyOf>
    Index(std::span<const Record> right, const KeyOf& key_of) : rows_by_key_(entries(right, key_of)) {}

    template <class Visit>
    void for_each(const Record&, const JoinKeyValue& key, CancelPoller&, const Visit& visit) const {
      for (const std::uint32_t row : rows_by_key_.rows(key.group)) visit(row);
    }

   private:
    RowIndex rows_by_key_;
  };

  template <class Record, class KeyOf>
  [[nodiscard]] static std::vector<RowIndex::Entry> entries(std::span<const Record> right, const KeyOf& key_of) {
    std::vector<RowIndex::Entry> entries;
    entries.reserve(right.size());
    for (std::size_t row = 0; row < right.size(); ++row) {
      if (const auto key = key_of(right[row])) entries.push_back({key->group, static_cast<std::uint32_t>(row)});
    }
    return entries;
  }
};

// Hashed by the finest key that loses nothing: all compared fields for A1 and A2; for A3 and A4 the birthdate and,
// above the threshold that names of different sound cannot reach, the sound (see JoinKey).
struct FinestKeyCandidates {
  static constexpr bool kFinestKey = true;
  struct Stored {
    std::uint32_t sound = 0;  // filled for A3 and A4; see JoinKeyValue
  };

  template <class Record>
  class Index {
   public:
    template <class KeyOf>
    Index(std::span<const Record> right, const KeyOf& key_of) : rows_by_key_(HashedCandidates::entries(right, key_of)) {
      sounds_.reserve(rows_by_key_.all_rows().size());
      for (const std::uint32_t row : rows_by_key_.all_rows()) sounds_.push_back(key_of(right[row])->sound);
    }

    template <class Visit>
    void for_each(const Record&, const JoinKeyValue& key, CancelPoller& poller, const Visit& visit) const {
      constexpr std::size_t kRowsPerUnit = 1024;
      const std::span<const std::uint32_t> rows = rows_by_key_.rows(key.group);
      poller.tick(static_cast<std::uint32_t>(rows.size() / kRowsPerUnit));
      const std::uint32_t* sounds = sounds_.data() + (rows.data() - rows_by_key_.all_rows().data());
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (sounds[i] == key.sound || sounds[i] == kAnySound || key.sound == kAnySound) visit(rows[i]);
      }
    }

   private:
    RowIndex rows_by_key_;
    std::vector<std::uint32_t> sounds_;  // of all_rows(), side by side: most candidates fail on them alone
  };
};

}  // namespace matcher
