// The cascade: who leaves, which levels run, what a missing column does.
#include "matcher/cascade/cascade.hpp"

#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

#include "matcher/model/persons_table.hpp"

namespace {

using namespace matcher;
using testing::ElementsAre;
using testing::HasSubstr;

struct Row {
  const char* first;
  const char* middle = nullptr;
  const char* last = "Cruz";
  std::int32_t birthdate = 0;
  const char* barangay = "B";
  const char* city = "C";
};

enum Columns { kNames, kMiddle, kAll };

PersonsTable table(const std::vector<Row>& rows, Columns columns = kAll) {
  PersonsTable table;
  const auto add = [](TextBuilder& column, const char* text) {
    text == nullptr ? column.append_null() : column.append(text);
  };
  for (const Row& row : rows) {
    table.id.push_back(static_cast<std::int64_t>(table.id.size()) + 1);
    add(table.first_name, row.first);
    if (columns != kNames) add(table.middle_name, row.middle);
    add(table.last_name, row.last);
    table.birthdate.append(row.birthdate);
    if (columns == kAll) add(table.barangay_code, row.barangay);
    if (columns == kAll) add(table.city_code, row.city);
  }
  return table;
}

std::vector<CascadeLevel> run(const PersonsTable& left, const PersonsTable& right, CascadeOptions options = {}) {
  options.threads = 1;
  auto levels = run_cascade(left.view(), right.view(), options);
  EXPECT_TRUE(levels) << levels.error().message;
  return levels ? std::move(*levels) : std::vector<CascadeLevel>();
}

std::string error_of(const PersonsTable& left, const PersonsTable& right, const CascadeOptions& options) {
  const auto levels = run_cascade(left.view(), right.view(), options);
  if (levels) return "no error";
  EXPECT_EQ(levels.error().kind, ErrorKind::kBadInput);
  return levels.error().message;
}

std::vector<int> numbers(const std::vector<CascadeLevel>& levels) {
  std::vector<int> numbers;
  for (const CascadeLevel& level : levels) numbers.push_back(level.level);
  return numbers;
}

// Pairs by level, for the levels that found any.
std::vector<std::pair<int, std::size_t>> found(const std::vector<CascadeLevel>& levels) {
  std::vector<std::pair<int, std::size_t>> found;
  for (const CascadeLevel& level : levels) {
    if (!level.matches.empty()) found.emplace_back(level.level, level.matches.size());
  }
  return found;
}

using Found = std::vector<std::pair<int, std::size_t>>;

TEST(Cascade, Exclusive_MatchedRowsLeaveBeforeTheNextLevel) {
  const PersonsTable left = table({{"Ana", "Maria"}, {"Jon", "Maria"}});
  const PersonsTable right = table({{"Ana", "Maria"}, {"Jon", "Mateo"}});
  const auto levels = run(left, right);
  EXPECT_EQ(found(levels), (Found{{1, 1}, {2, 1}}));
  EXPECT_EQ(levels[0].left_pool, 2U);
  EXPECT_EQ(levels[1].left_pool, 1U);
  EXPECT_EQ(levels[1].right_pool, 1U);
  EXPECT_EQ(levels[2].left_pool, 0U);
  EXPECT_EQ(levels[1].matches[0].left_row, 1U);
}

TEST(Cascade, Exclusive_PairsOfOneLevelMayShareRows) {
  const PersonsTable left = table({{"Ana", "Maria"}, {"Ana", "Maria"}});
  const auto levels = run(left, table({{"Ana", "Maria"}, {"Ana", "Mateo"}}));
  EXPECT_EQ(found(levels), (Found{{1, 2}})) << "the right row left over has no partner any more";
  EXPECT_EQ(levels[1].right_pool, 1U);
}

TEST(Cascade, Independent_EveryLevelSeesAllRows) {
  const PersonsTable both = table({{"Ana", "Maria"}});
  CascadeOptions options;
  options.mode = CascadeMode::kIndependent;
  const auto levels = run(both, both, options);
  EXPECT_EQ(levels.size(), 11U);
  for (const CascadeLevel& level : levels) {
    EXPECT_EQ(level.matches.size(), 1U) << level.level;
    EXPECT_EQ(level.left_pool, 1U);
  }
}

TEST(Cascade, Levels_RunAscendingAndOnce) {
  const PersonsTable both = table({{"Ana", "Maria"}});
  CascadeOptions options;
  options.levels = {11, 3, 1, 3};
  EXPECT_THAT(numbers(run(both, both, options)), ElementsAre(1, 3, 11));
  EXPECT_THAT(numbers(run(both, both)), ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
  for (const int level : {0, 12, -1}) {
    options.levels = {1, level};
    EXPECT_EQ(error_of(both, both, options),
              "there is no cascade level " + std::to_string(level) + "; choose from 1 to 11");
  }
}

TEST(Cascade, GeoLevels_TakeTheCodeInPlaceOfTheDate) {
  const PersonsTable left = table({{"Ana", "Maria", "Cruz", 1, "b 1", "C"}, {"Jon", "Luis", "Cruz", 1, "x", "c"}});
  const PersonsTable right = table({{"Ana", "Maria", "Cruz", 2, "B 1", "D"}, {"Jon", "Leo", "Cruz", 2, "y", "C"}});
  EXPECT_EQ(found(run(left, right)), (Found{{4, 1}, {8, 1}}));
  CascadeOptions options;
  options.mode = CascadeMode::kIndependent;
  EXPECT_EQ(found(run(left, right, options)), (Found{{4, 1}, {5, 1}, {6, 1}, {8, 1}, {9, 1}}));
}

TEST(Cascade, L10_NeedsFullMiddleNames) {
  CascadeOptions options;
  options.levels = {10, 11};
  EXPECT_EQ(found(run(table({{"Jon", "Maria"}}), table({{"John", "Maria"}}), options)), (Found{{10, 1}}));
  for (const char* middle : {"M", "M.", "", " "}) {
    EXPECT_EQ(found(run(table({{"Jon", middle}}), table({{"John", middle}}), options)), (Found{{11, 1}})) << middle;
  }
}

TEST(Cascade, Threshold_IsThatOfL10AndL11) {
  const PersonsTable left = table({{"Jon", nullptr, "Smith"}});
  const PersonsTable right = table({{"John", nullptr, "Smith"}});  // 95.78 %
  CascadeOptions options;
  EXPECT_EQ(found(run(left, right, options)), (Found{{11, 1}}));
  options.threshold_percent = 96;
  EXPECT_EQ(found(run(left, right, options)), Found{});
}

TEST(Cascade, Conventions_ChangeOnlyWhatIsNamed) {
  const PersonsTable left = table({{"JOS\xC3\x89", nullptr, "Smith"}});
  const PersonsTable right = table({{"jose", nullptr, "smith"}});
  CascadeOptions options;
  options.levels = {11};
  options.threshold_percent = 99;
  EXPECT_EQ(found(run(left, right, options)), Found{}) << "raw in the peer's L11";
  options.conventions.code_length = 0;
  EXPECT_EQ(found(run(left, right, options)), Found{}) << "still raw";
  options.conventions.normalizer = Normalizer::kText;
  EXPECT_EQ(found(run(left, right, options)), (Found{{11, 1}}));
  options.conventions = {.profile = Profile::kSound};
  EXPECT_EQ(found(run(left, right, options)), (Found{{11, 1}}));
}

TEST(Cascade, MissingColumn_IsSkippedAndNamed) {
  const auto levels = run(table({{"Ana"}}, kMiddle), table({{"Ana"}}, kNames));
  std::vector<std::string> missing;
  for (const CascadeLevel& level : levels) missing.push_back(level.missing_column);
  const char* m = "middle_name";
  const char* b = "barangay_code";
  const char* c = "city_code";
  EXPECT_THAT(missing, ElementsAre(m, m, "", m, m, b, m, m, c, m, ""));
  EXPECT_EQ(found(levels), (Found{{3, 1}}));
}

TEST(Cascade, Manual_WantsLevelsNamedThatCanRun) {
  const PersonsTable left = table({{"Ana"}}, kMiddle);
  CascadeOptions options;
  options.missing_columns = MissingColumns::kManual;
  EXPECT_EQ(error_of(left, left, options), "name the levels to run; with these columns 1,2,3,10,11 can run");
  options.levels = {3, 9};
  EXPECT_EQ(error_of(left, left, options),
            "level 9 needs column 'city_code', which a table lacks; add it, or name levels that can run: 1,2,3,10,11");
  options.levels = {3};
  EXPECT_EQ(found(run(left, left, options)), (Found{{3, 1}}));
}

TEST(Cascade, Abort_StopsBeforeTheFirstLevel) {
  CascadeOptions options;
  options.missing_columns = MissingColumns::kAbort;
  const PersonsTable names = table({{"Ana"}}, kNames);
  EXPECT_THAT(error_of(names, names, options), HasSubstr("level 1 needs column 'middle_name'"));
  options.levels = {3, 11};
  EXPECT_EQ(found(run(names, names, options)), (Found{{3, 1}}));
  options.levels = {};
  const PersonsTable all = table({{"Ana", "Maria"}});
  EXPECT_EQ(found(run(all, all, options)), (Found{{1, 1}}));
}

TEST(Cascade, Cancelled_HasNoResult) {
  const PersonsTable both = table({{"Ana"}});
  CascadeOptions options;
  options.is_cancelled = [] { return true; };
  const auto levels = run_cascade(both.view(), both.view(), options);
  ASSERT_FALSE(levels);
  EXPECT_EQ(levels.error().kind, ErrorKind::kCancelled);
}

}  // namespace
