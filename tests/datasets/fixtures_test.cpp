// The hand-made fixtures: small, and their truth points at rows that exist.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "harness/core/files.hpp"

namespace assay::datasets {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// RFC 4180, enough for files of our own.
Rows read_csv(const std::string& name) {
  const auto content = read_file(std::filesystem::path(ASSAY_SOURCE_DIR) / "datasets" / "fixtures" / name);
  if (!content) throw std::runtime_error(content.error().message);
  Rows rows{{""}};
  bool quoted = false;
  for (std::size_t at = 0; at < content->size(); ++at) {
    const char c = (*content)[at];
    if (c == '"') {
      if (quoted && at + 1 < content->size() && (*content)[at + 1] == '"') {
        rows.back().back().push_back((*content)[at++]);
      } else {
        quoted = !quoted;
      }
    } else if (c == ',' && !quoted) {
      rows.back().emplace_back();
    } else if (c == '\n' && !quoted) {
      rows.push_back({""});
    } else {
      rows.back().back().push_back(c);
    }
  }
  rows.pop_back();
  return rows;
}

TEST(Fixtures, EdgeTables_AreSmallAndTheirTruthExists) {
  std::map<std::string, std::set<std::string>> ids;
  for (const char* name : {"edge_left.csv", "edge_right.csv"}) {
    const Rows rows = read_csv(name);
    EXPECT_EQ(rows[0],
              (std::vector<std::string>{"id", "uuid", "first_name", "middle_name", "last_name", "birthdate", "hh_id"}));
    EXPECT_GT(rows.size(), 40u);
    EXPECT_LT(rows.size(), 101u);
    for (std::size_t row = 1; row < rows.size(); ++row) {
      ASSERT_EQ(rows[row].size(), 7u) << name << ' ' << row;
      EXPECT_TRUE(ids[name].insert(rows[row][0]).second) << rows[row][0];
    }
  }
  const Rows truth = read_csv("edge_truth.csv");
  EXPECT_GT(truth.size(), 30u);
  for (std::size_t row = 1; row < truth.size(); ++row) {
    EXPECT_TRUE(ids["edge_left.csv"].contains(truth[row][0])) << truth[row][0];
    EXPECT_TRUE(ids["edge_right.csv"].contains(truth[row][1])) << truth[row][1];
  }
}

}  // namespace
}  // namespace assay::datasets
