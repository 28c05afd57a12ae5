// Matches as CSV, to the byte.
#include "matcher/io/matches_writer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/matcher/io/file_size_limit.hpp"

namespace {

using matcher::Match;
using matcher::PersonsView;
using matcher::Rule;
using matcher::write_matches_csv;
using testing::HasSubstr;

constexpr std::int64_t kIds[] = {10, -20, 30};
constexpr PersonsView kPersons{.row_count = 3,
                               .id = kIds,
                               .uuid = {},
                               .first_name = {},
                               .middle_name = {},
                               .last_name = {},
                               .hh_id = {},
                               .barangay_code = {},
                               .city_code = {},
                               .text_id = {},
                               .birthdate = {}};

std::string written(const std::vector<Match>& matches) {
  const auto path = std::filesystem::path(testing::TempDir()) / "matches_writer_test.csv";
  EXPECT_TRUE(write_matches_csv(path, matches, kPersons, kPersons));
  std::ifstream file(path);
  const std::string content{std::istreambuf_iterator<char>(file), {}};
  file.close();
  std::filesystem::remove(path);
  return content;
}

TEST(WriteMatchesCsv, NoMatches_IsTheHeader) {
  EXPECT_EQ(written({}), "left_id,right_id,score,case\n");
}

TEST(WriteMatchesCsv, EveryRule_HasItsLabelAndSixDecimals) {
  EXPECT_EQ(written({{0, 1, Rule::kExact, {}, 0, 100.0},
                     {0, 2, Rule::kDirect, {}, 0, 100.0},
                     {1, 0, Rule::kCase1, {1, 8, 0, 2}, 1, 96.16161616},
                     {1, 1, Rule::kCase2, {}, 0, 62.22222249},
                     {2, 2, Rule::kCase3, {}, 0, 90.0}}),
            "left_id,right_id,score,case\n"
            "10,-20,100.000000,EXACT\n"
            "10,30,100.000000,DIRECT\n"
            "-20,10,96.161616,CASE 1\n"
            "-20,-20,62.222222,CASE 2\n"
            "30,30,90.000000,CASE 3\n");
}

TEST(WriteMatchesCsv, MoreThanOneBlock_IsWrittenWhole) {
  const std::vector<Match> matches(20000, Match{0, 1, Rule::kDirect, {}, 0, 100.0});
  const std::string content = written(matches);
  const std::string line = "10,-20,100.000000,DIRECT\n";
  EXPECT_EQ(content.size(), std::string("left_id,right_id,score,case\n").size() + matches.size() * line.size());
  EXPECT_EQ(content.substr(content.size() - line.size()), line);
}

TEST(WriteMatchesCsv, DiskFull_IsOneClearErrorAndNoFile) {
  const auto path = std::filesystem::path(testing::TempDir()) / "matches_writer_full.csv";
  std::filesystem::remove(path);  // of an earlier run that failed here
  const std::vector<Match> matches(20000, Match{0, 1, Rule::kDirect, {}, 0, 100.0});
  tl::expected<void, matcher::Error> status;
  {
    const matcher_test::FileSizeLimit limit(4096);
    status = write_matches_csv(path, matches, kPersons, kPersons);
  }
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message, HasSubstr("matches_writer_full.csv: cannot write: File too large"));
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
