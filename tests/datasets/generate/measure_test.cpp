// Measured properties against a slow and obvious count.
#include "datasets/generate/measure.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "tests/datasets/generate/made_dataset.hpp"
#include "tests/datasets/generate/record.hpp"

namespace assay::datasets {
namespace {

using test::Record;

std::vector<Record> records(const Dataset& dataset, const char* table) {
  std::vector<Record> result;
  for (std::uint64_t row = 0; row < dataset.table(table)->row_count; ++row) {
    result.push_back(test::record(*dataset.table(table), row));
  }
  return result;
}

TEST(Measure, People500_IsWhatPlainCountingGives) {
  const Dataset& dataset = test::made("people-500", Profile::kUnicode);
  const std::vector<Record> left = records(dataset, "left");
  const std::vector<Record> right = records(dataset, "right");
  std::set<test::Letters> last_names;
  std::uint64_t middles_missing = 0;
  std::uint64_t letters = 0;
  for (const Record& record : right) {
    if (record.last) last_names.insert(*record.last);
    middles_missing += record.middle ? 0 : 1;
    std::uint64_t length = 0;
    for (const auto& part : {record.first, record.middle, record.last}) length += part ? part->size() + 1 : 0;
    letters += length == 0 ? 0 : length - 1;
  }
  std::uint64_t pairs = 0;
  for (const Record& a : left) {
    for (const Record& b : right) pairs += a.birthdate && a.birthdate == b.birthdate ? 1 : 0;
  }
  const Json measured = measure(*dataset.table("left"), *dataset.table("right"), *dataset.table("truth"), 3);
  EXPECT_EQ(measured["right"]["distinct_last_names"], last_names.size());
  EXPECT_EQ(measured["right"]["nulls"]["middle_name"], middles_missing);
  EXPECT_EQ(measured["right"]["full_name_length"]["mean_thousandths"], letters * 1000 / right.size());
  EXPECT_EQ(measured["same_birthdate_pairs"], pairs);
  EXPECT_EQ(measured["true_pairs"], test::true_pairs(dataset).size());
}

// Edit distance by its recursive definition, remembered per pair of positions.
std::size_t distance(const test::Letters& a, const test::Letters& b) {
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> known;
  const std::function<std::size_t(std::size_t, std::size_t)> from = [&](std::size_t i, std::size_t j) -> std::size_t {
    if (i == a.size()) return b.size() - j;
    if (j == b.size()) return a.size() - i;
    const auto found = known.find({i, j});
    if (found != known.end()) return found->second;
    const std::size_t best =
        a[i] == b[j] ? from(i + 1, j + 1) : 1 + std::min({from(i + 1, j + 1), from(i + 1, j), from(i, j + 1)});
    known[{i, j}] = best;
    return best;
  };
  return from(0, 0);
}

test::Letters full_name(const Record& record) {
  test::Letters name;
  for (const auto& part : {record.first, record.middle, record.last}) {
    if (part) name += (name.empty() ? U"" : U" ") + *part;
  }
  return name;
}

TEST(Measure, NameSimilarityOfTruePairs_IsTheHistogramOfTheDefinition) {
  for (const Profile profile : {Profile::kClean, Profile::kDirty, Profile::kUnicode}) {
    const Dataset& dataset = test::made("people-500", profile);
    const std::vector<Record> left = records(dataset, "left");
    const std::vector<Record> right = records(dataset, "right");
    const auto first_left = value<std::int64_t>(*find_column(*dataset.table("left"), "id"), 0);
    const auto first_right = value<std::int64_t>(*find_column(*dataset.table("right"), "id"), 0);
    std::vector<std::uint64_t> histogram(21);
    for (const test::TruePair& pair : test::true_pairs(dataset)) {
      const test::Letters a = full_name(left[static_cast<std::size_t>(pair.left_id - first_left)]);
      const test::Letters b = full_name(right[static_cast<std::size_t>(pair.right_id - first_right)]);
      const std::size_t longer = std::max(a.size(), b.size());
      ++histogram[(longer - distance(a, b)) * 20 / longer];
    }
    const Json measured = measure(*dataset.table("left"), *dataset.table("right"), *dataset.table("truth"), 2);
    EXPECT_EQ(measured["true_pair_name_similarity"], Json(histogram));
  }
}

}  // namespace
}  // namespace assay::datasets
