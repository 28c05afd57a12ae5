// Measured properties against a slow and obvious count.
#include "datasets/generate/measure.hpp"

#include <gtest/gtest.h>

#include <set>

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

}  // namespace
}  // namespace assay::datasets
