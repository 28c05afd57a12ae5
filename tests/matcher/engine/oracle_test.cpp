// The engine against pairs computed with the audited program's own string libraries.
#include <gtest/gtest.h>

#include <charconv>
#include <filesystem>
#include <map>
#include <string>
#include <utility>

#include "matcher/engine/match_engine.hpp"
#include "matcher/io/csv_reader.hpp"
#include "matcher/io/csv_records.hpp"
#include "matcher/io/file_bytes.hpp"

namespace {

using namespace matcher;

const std::filesystem::path kFolder = std::filesystem::path(ASSAY_SHARED_DIR) / "data" / "oracle" / "people-20k";

struct Expected {
  std::string label;
  double score;
};
using Pairs = std::map<std::pair<std::int64_t, std::int64_t>, Expected>;

std::int64_t whole_number(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Pairs expected_pairs(std::string_view algorithm) {
  const auto file = FileBytes::open(kFolder / "pairs.csv");
  CsvRecords records(file->text(), "pairs.csv");
  Pairs pairs;
  static_cast<void>(records.next().value());  // algorithm,left_id,right_id,score,case,...
  while (records.next().value()) {
    const auto& fields = records.fields();
    if (fields[0] != algorithm) continue;
    pairs[{whole_number(fields[1]), whole_number(fields[2])}] = {std::string(fields[4]),
                                                                 std::stod(std::string(fields[3]))};
  }
  return pairs;
}

class Oracle : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kFolder)) GTEST_SKIP() << "no oracle data in " << kFolder;
    left_ = read_persons_csv(kFolder / "left.csv").value();
    right_ = read_persons_csv(kFolder / "right.csv").value();
  }
  std::vector<Match> match(Algorithm algorithm, double threshold) {
    return match_persons(left_.view(), right_.view(), {algorithm, threshold, 2, {}}).value();
  }
  void expect_pairs(Algorithm algorithm, double threshold, std::size_t count) {
    Pairs expected = expected_pairs(algorithm_name(algorithm));
    std::erase_if(expected, [&](const auto& pair) { return pair.second.score < threshold; });
    ASSERT_EQ(expected.size(), count);
    const auto matches = match(algorithm, threshold);
    ASSERT_EQ(matches.size(), count);
    for (const Match& found : matches) {
      const std::pair ids(left_.id[found.left_row], right_.id[found.right_row]);
      ASSERT_TRUE(expected.contains(ids)) << ids.first << "," << ids.second;
      EXPECT_EQ(short_label(found.rule), expected[ids].label) << ids.first << "," << ids.second;
      EXPECT_NEAR(found.score, expected[ids].score, 1e-6) << ids.first << "," << ids.second;
    }
  }

  PersonsTable left_;
  PersonsTable right_;
};

TEST_F(Oracle, A1_HasTheCountedPairs) {
  EXPECT_EQ(match(Algorithm::kA1, 0.0).size(), 5719U);
}
TEST_F(Oracle, A2_HasTheCountedPairs) {
  EXPECT_EQ(match(Algorithm::kA2, 0.0).size(), 5120U);
}
TEST_F(Oracle, A3_IsEveryPairCaseAndScore) {
  expect_pairs(Algorithm::kA3, 0.0, 9614);
}
TEST_F(Oracle, A4_IsEveryPairCaseAndScore) {
  expect_pairs(Algorithm::kA4, 0.0, 9692);
}
TEST_F(Oracle, A3AtThreshold95_IsThePairsThatReachIt) {
  expect_pairs(Algorithm::kA3, 95.0, 7316);
}

}  // namespace
