// Truth files of both kinds, and what is wrong with others.
#include "matcher/evaluation/truth.hpp"

#include <gmock/gmock.h>

#include <string>

#include "matcher/model/persons_table.hpp"
#include "tests/matcher/io/packed.hpp"
#include "tests/matcher/io/scratch_folder.hpp"

namespace {

using namespace matcher;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

class ReadTruth : public matcher_test::ScratchFolder {
 protected:
  ReadTruth() {
    left_.id = {10, 11, 12, 13};
    right_.id = {20, 21, 22};
  }
  Result<Truth> read(std::string_view text, bool same_table = false) {
    save(folder_ / "truth.csv", text);
    return read_truth(folder_ / "truth.csv", left_.view(), same_table ? left_.view() : right_.view(), same_table);
  }
  Truth good(std::string_view text, bool same_table = false) {
    auto truth = read(text, same_table);
    EXPECT_TRUE(truth) << truth.error().message;
    return truth.value_or(Truth());
  }
  std::string error(std::string_view text, bool same_table = false) {
    const auto truth = read(text, same_table);
    return truth ? "no error" : truth.error().message;
  }

  PersonsTable left_;
  PersonsTable right_;
};

TEST_F(ReadTruth, Pairs_AreRowsInOrderEachOnce) {
  const Truth truth = good("note,right_id,left_id\nx,21,12\n,20,10\n,21,12\r\n,22,10");
  EXPECT_THAT(truth.pairs, ElementsAre(Pair(0, 0), Pair(0, 2), Pair(2, 1)));
  EXPECT_EQ(truth.unknown_ids, 0U);
}

TEST_F(ReadTruth, UnknownIds_AreCountedByLine) {
  const Truth truth = good("left_id,right_id\n10,99\n99,20\n99,98\n,20\n 10,20\n11,20\n");
  EXPECT_THAT(truth.pairs, ElementsAre(Pair(1, 0)));
  EXPECT_EQ(truth.unknown_ids, 5U);
}

TEST_F(ReadTruth, PairsOfOneTable_AreTurnedSoThatTheLesserRowIsLeft) {
  const Truth truth = good("left_id,right_id\n12,10\n10,12\n11,11\n12,13\n", true);
  EXPECT_THAT(truth.pairs, ElementsAre(Pair(0, 2), Pair(2, 3)));
}

TEST_F(ReadTruth, Clusters_AreAllPairsOfTheirRows) {
  const Truth truth = good("id,cluster\n13,a\n10,a\n11,b\n12,a\n99,b\n", true);
  EXPECT_THAT(truth.pairs, ElementsAre(Pair(0, 2), Pair(0, 3), Pair(2, 3)));
  EXPECT_EQ(truth.unknown_ids, 1U);
}

TEST_F(ReadTruth, EmptyCluster_IsNoCluster) {
  EXPECT_THAT(good("id,cluster\n10,\n11,\n12,a\n13,a\n", true).pairs, ElementsAre(Pair(2, 3)));
}

TEST_F(ReadTruth, RowNamedTwiceInACluster_IsOnePerson) {
  EXPECT_THAT(good("id,cluster\n10,a\n10,a\n11,a\n", true).pairs, ElementsAre(Pair(0, 1)));
}

TEST_F(ReadTruth, TextIds_AreComparedAsTheyStand) {
  for (const char* id : {"a", "007", "7", "d"}) left_.text_id.append(id);
  EXPECT_THAT(good("left_id,right_id\n007,20\n7,21\n").pairs, ElementsAre(Pair(1, 0), Pair(2, 1)));
}

TEST_F(ReadTruth, IdOfSeveralRows_IsTheFirst) {
  left_.id = {10, 10, 12, 13};
  EXPECT_THAT(good("left_id,right_id\n10,20\n").pairs, ElementsAre(Pair(0, 0)));
}

TEST_F(ReadTruth, Compressed_IsUnpacked) {
  EXPECT_THAT(good(matcher_test::gzip("left_id,right_id\n10,20\n")).pairs, ElementsAre(Pair(0, 0)));
}

TEST_F(ReadTruth, HeaderOnly_IsNoPairs) {
  EXPECT_THAT(good("left_id,right_id\n").pairs, IsEmpty());
}

TEST_F(ReadTruth, BadFiles_SayWhatIsWrong) {
  for (const char* text : {"", "left,right\n1,2\n", "id,cluster\n1,a\n", "left_id\n"}) {
    EXPECT_THAT(error(text), HasSubstr("truth.csv:1: needs columns left_id and right_id")) << text;
    EXPECT_EQ(error(text).find("cluster"), std::string::npos) << "of no use with two tables";
  }
  EXPECT_THAT(error("id\n", true), HasSubstr("left_id and right_id, or id and cluster"));
  EXPECT_THAT(error("left_id,right_id\n10,20\n10\n"), HasSubstr("truth.csv:3: the row has 1 fields, the header has 2"));
  EXPECT_THAT(error("left_id,right_id\n1\"0,20\n"), HasSubstr("truth.csv:2: field 1 has a quote"));
  const auto missing = read_truth(folder_ / "none.csv", left_.view(), right_.view(), false);
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().message, HasSubstr("none.csv: cannot open"));
}

}  // namespace
