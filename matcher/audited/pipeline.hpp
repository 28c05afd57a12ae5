// The audited program's pipeline for A1 to A4 as a template over a stack of policies, so that two variants differ in
// exactly one of them. The engine that people use is matcher/engine.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "matcher/audited/comparer.hpp"
#include "matcher/audited/loader.hpp"
#include "matcher/audited/records.hpp"
#include "matcher/engine/match_options.hpp"
#include "matcher/parallel/fork_join.hpp"
#include "matcher/rules/matched_fields.hpp"

namespace matcher {

// Call order: prepare run+. A Stack names its policies: Allocation, Strings, Growth, Names, Phonetic, Scorer,
// Candidates (see stacks.hpp). prepare and run throw Cancelled and std::bad_alloc; after that only destruction is
// legal.
template <class Stack>
class Pipeline {
 public:
  using Strings = typename Stack::Strings;
  using Record = NormalizedPerson<Stack>;
  using Stored = PersonMatch<Stack>;

  // The columns must outlive the pipeline. REQUIRES: both tables have fewer than 2^31 rows.
  Pipeline(const PersonsView& left, const PersonsView& right, MatchOptions options)
      : options_(std::move(options)),
        threads_(options_.threads == 0 ? available_threads() : options_.threads),
        left_{.table = left, .persons = {}, .records = {}},
        right_{.table = right, .persons = {}, .records = {}} {
    for (unsigned lane = 0; lane < threads_; ++lane) lanes_.push_back(std::make_unique<Lane>(strings_, options_));
  }
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  // Records, normal forms and the candidate index: everything that depends on each table alone.
  void prepare() {
    load(left_);
    load(right_);
    index_.emplace(std::span<const Record>(right_.records));
  }

  // Candidates and scores. Matches come in order of the left row, then of the right row.
  void run() {
    matches_.clear();
    for (const auto& lane : lanes_) lane->match_allocation = {};
    const std::size_t rows = left_.records.size();
    const std::size_t chunk_rows = threads_ == 1 ? rows : std::clamp<std::size_t>(rows / (threads_ * 16), 64, 4096);
    std::vector<std::vector<Stored>> parts(rows == 0 ? 0 : (rows + chunk_rows - 1) / chunk_rows);
    fork_join(threads_, parts.size(), [&](unsigned lane, std::size_t chunk) {
      const std::size_t begin = chunk * chunk_rows;
      match_rows(*lanes_[lane], begin, std::min(begin + chunk_rows, rows), parts[chunk]);
    });
    join(parts);
  }

  // Valid until the next run.
  [[nodiscard]] std::vector<Stored>& matches() { return matches_; }

  // What reads the texts of matches.
  [[nodiscard]] const Strings& strings() const { return strings_; }

  // Pairs that were compared, over all runs.
  [[nodiscard]] std::uint64_t candidate_count() const {
    std::uint64_t count = 0;
    for (const auto& lane : lanes_) count += lane->candidate_count;
    return count;
  }

 private:
  using Allocation = typename Stack::Allocation;
  using Growth = typename Stack::Growth;
  using Text = typename Strings::Text;

  struct Side {
    PersonsView table;
    std::vector<Person<Text>> persons;
    std::vector<Record> records;
  };

  // What one worker owns.
  struct Lane {
    Lane(Strings& strings, const MatchOptions& options)
        : loader(strings, record_allocation, options), comparer(strings, options), poller(options.is_cancelled) {}

    Allocation record_allocation;
    Allocation match_allocation;
    Loader<Stack> loader;
    Comparer<Stack> comparer;
    CancelPoller poller;
    std::uint64_t candidate_count = 0;
  };

  static constexpr std::uint32_t kUnitsPerRow = 4;  // three names with accents take a few microseconds

  void load(Side& side) {
    const std::size_t rows = side.table.row_count;
    Lane& lane = *lanes_.front();
    Growth::expect(side.persons, rows);
    for (std::size_t row = 0; row < rows; ++row) {
      lane.poller.tick();
      side.persons.push_back(lane.loader.person(side.table, row));
    }
    Growth::expect(side.records, rows);
    for (std::size_t row = 0; row < rows; ++row) {
      lane.poller.tick(kUnitsPerRow);
      side.records.push_back(lane.loader.normalized(side.table, row));
    }
  }

  void match_rows(Lane& lane, std::size_t begin, std::size_t end, std::vector<Stored>& found) {
    Growth::expect(found, end - begin);  // an estimate: about one match per person
    for (std::size_t left_row = begin; left_row < end; ++left_row) {
      lane.poller.tick();
      const Record& left = left_.records[left_row];
      if (!left.birthdate) continue;
      index_->for_each(left, lane.poller, [&](std::uint32_t right_row) {
        lane.poller.tick();
        ++lane.candidate_count;
        auto match = lane.comparer.compare(left, right_.records[right_row]);
        if (!match) return;
        match->left_row = static_cast<std::uint32_t>(left_row);
        match->right_row = right_row;
        found.push_back(stored(*match, lane.match_allocation));
      });
    }
  }

  // The match as the audited program keeps it: with copies of both persons.
  [[nodiscard]] Stored stored(const Match& match, Allocation& allocation) const {
    const MatchedFields fields = matched_fields(options_.algorithm, match.rule);
    auto words = allocation.template list_of<Text>(fields.count);
    for (std::size_t i = 0; i < fields.count; ++i) words[i] = strings_.word(fields.words[i], allocation);
    return {clone(left_.persons[match.left_row], allocation), clone(right_.persons[match.right_row], allocation),
            std::move(words), match};
  }

  [[nodiscard]] Person<Text> clone(const Person<Text>& person, Allocation& allocation) const {
    return {.id = person.id,
            .uuid = strings_.clone(person.uuid, allocation),
            .first_name = strings_.clone(person.first_name, allocation),
            .middle_name = strings_.clone(person.middle_name, allocation),
            .last_name = strings_.clone(person.last_name, allocation),
            .birthdate = person.birthdate,
            .hh_id = strings_.clone(person.hh_id, allocation)};
  }

  void join(std::vector<std::vector<Stored>>& parts) {
    if (parts.size() == 1) {
      matches_ = std::move(parts.front());
      return;
    }
    std::size_t total = 0;
    for (const auto& part : parts) total += part.size();
    matches_.reserve(total);
    for (auto& part : parts) std::move(part.begin(), part.end(), std::back_inserter(matches_));
  }

  MatchOptions options_;
  unsigned threads_;
  Strings strings_;
  std::vector<std::unique_ptr<Lane>> lanes_;  // before what holds their texts
  Side left_;
  Side right_;
  std::optional<typename Stack::Candidates::template Index<Record>> index_;
  std::vector<Stored> matches_;
};

}  // namespace matcher
