// `matcher dedupe`: clusters, their pairs and conflicts.
#include <string>

#include "tests/matcher/cli/matcher_program.hpp"

namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::MatchesRegex;

class DedupeCommand : public matcher_test::MatcherProgram {
 protected:
  // Jon resembles John, John resembles Johnn, and Jon not Johnn well enough.
  void SetUp() override {
    MatcherProgram::SetUp();
    write("people.csv",
          "id,first_name,last_name,birthdate\n30,Johnn,Smith,1980-02-03\n10,Ann,Lee,1990-01-01\n"
          "20,Jon,Smith,1980-02-03\n15,John,Smith,1980-02-03\n11,Ann,Lee,1990-01-01\n12,Ann,Lee,\n");
  }
};

TEST_F(DedupeCommand, Clusters_AreNumberedInOrderOfRows) {
  const auto outcome = run("dedupe people.csv -a A4 -t 95 -o c.csv");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(content_of("c.csv"), "id,cluster_id,cluster_size\n30,1,3\n10,2,2\n20,1,3\n15,1,3\n11,2,2\n12,3,1\n");
  EXPECT_THAT(outcome.err,
              MatchesRegex("matcher: A4: 6 rows, 3 pairs, 2 clusters of several, 1 with conflicts, [0-9.]+ s\n"));
}

TEST_F(DedupeCommand, PairsAndConflicts_AreFilesOfTheirOwn) {
  EXPECT_EQ(run("dedupe people.csv -a A4 -t 95 -q -o c.csv --pairs p.csv --conflicts x.csv").exit_code, 0);
  EXPECT_EQ(content_of("p.csv"),
            "left_id,right_id,score,case,decision\n10,11,100.000000,DIRECT,match\n20,15,95.777778,CASE 1,match\n"
            "30,15,96.363636,CASE 1,match\n");
  EXPECT_EQ(content_of("x.csv"), "cluster_id,left_id,right_id\n1,30,20\n");
}

TEST_F(DedupeCommand, Summary_CountsClusters) {
  const json result = run_for_json("dedupe people.csv -a A4 -t 95 -q -o c.csv", "c.summary.json")["result"];
  EXPECT_EQ(result["pairs"], 3);
  EXPECT_EQ(result["clusters"], 3);
  EXPECT_EQ(result["clusters_of_several"], 2);
  EXPECT_EQ(result["largest_cluster"], 3);
  EXPECT_EQ(result["conflicting_clusters"], 1);
  EXPECT_EQ(result["conflicting_pairs"], 1);
}

TEST_F(DedupeCommand, NoRows_AreNoClusters) {
  write("none.csv", "id,first_name,last_name,birthdate\n");
  EXPECT_EQ(run("dedupe none.csv -q -o -").out, "id,cluster_id,cluster_size\n");
}

TEST_F(DedupeCommand, WrongUse_IsOneLine) {
  expect_refused("dedupe -o c.csv", 2, "table is required");
  expect_refused("dedupe people.csv people.csv -o c.csv", 2, "people.csv");
  expect_refused("dedupe none.csv -o c.csv", 2, "none.csv: cannot open");
  EXPECT_THAT(run("dedupe --help").out, HasSubstr("--conflicts"));
}

}  // namespace
