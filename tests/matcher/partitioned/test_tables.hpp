// Tables and sinks in memory for runs by partitions, and options that need all of the engine.
#pragma once

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "matcher/engine/match_options.hpp"
#include "matcher/io/table_sink.hpp"
#include "matcher/partitioned/partitioned_input.hpp"
#include "tests/matcher/agreement/random_persons.hpp"

namespace partitioned_test {

using namespace agreement;
using namespace matcher;

// Hands out a table in batches.
class TableSource final : public PersonsSource {
 public:
  explicit TableSource(const Persons& persons) : persons_(persons) {}
  Result<bool> read(PersonsTable& table, std::size_t max_rows) override {
    const std::size_t count = std::min({max_rows, std::size_t{7}, persons_.size() - next_});
    table = table_of(Persons(persons_.begin() + static_cast<std::ptrdiff_t>(next_),
                             persons_.begin() + static_cast<std::ptrdiff_t>(next_ + count)));
    next_ += count;
    return next_ < persons_.size();
  }
  std::string name() const override { return "test"; }

 private:
  const Persons& persons_;
  std::size_t next_ = 0;
};

// What a TextSink has got.
struct Written {
  std::string text;
  bool finished = false;
};

// Keeps rows as text.
class TextSink final : public TableSink {
 public:
  explicit TextSink(Written& written) : text(written.text), finished(written.finished) {}
  Status begin(std::span<const Column> columns) override {
    for (const Column& column : columns) text += column.name + ",";
    return {};
  }
  Status write(std::span<const Cell> row) override {
    text += "\n";
    for (const Cell& cell : row) {
      text += std::to_string(static_cast<int>(cell.type)) + ":" + std::to_string(cell.integer) + ":" +
              std::to_string(cell.real) + ":" + std::string(cell.text) + ",";
    }
    return {};
  }
  Status finish() override {
    finished = true;
    return {};
  }
  std::string& text;
  bool& finished;
};

inline PartitionedInput input_of(const Persons& persons, std::string identity, std::uint64_t bytes) {
  return {"test", std::move(identity), bytes,
          [&persons]() -> Result<std::unique_ptr<PersonsSource>> { return std::make_unique<TableSource>(persons); }};
}

inline MatchOptions random_options(RandomText& random) {
  constexpr Algorithm kAlgorithms[] = {
      Algorithm::kA1,   Algorithm::kA2, Algorithm::kA3, Algorithm::kA4, Algorithm::kA7Tiers, Algorithm::kA7Levenshtein,
      Algorithm::kMax3, Algorithm::kL1, Algorithm::kL5, Algorithm::kL9, Algorithm::kL10};
  MatchOptions options;
  options.algorithm = kAlgorithms[random.below(std::size(kAlgorithms))];
  options.threshold_percent = random.one_in(2) ? 90.0 : 55.0;
  if (random.one_in(2)) options.review_percent = 40.0;
  options.threads = random.one_in(2) ? 1 : 2;
  if (options.algorithm == Algorithm::kA3 && random.one_in(2)) options.date_test = DateTest::kSwap;
  if (random.one_in(3)) {
    for (const char* key : {"birthyear+soundex(last)", "last:2", "metaphone(first)+birthmonth"}) {
      options.blocking_keys.push_back(parse_blocking_key(key).value());
    }
  }
  return options;
}

}  // namespace partitioned_test
