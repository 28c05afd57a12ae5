// The program `matcher` as a user runs it: files, exit codes, error lines.
#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "tests/matcher/cli/matcher_program.hpp"

namespace {

using matcher_test::content;
using matcher_test::MatcherProgram;
using matcher_test::Outcome;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;

const std::filesystem::path kOracle = std::filesystem::path(ASSAY_SHARED_DIR) / "data" / "oracle" / "people-20k";

constexpr const char* kBothPairs =
    "left_id,right_id,score,case,decision\n1,7,96.161616,CASE 1,match\n2,8,100.000000,DIRECT,match\n";

TEST_F(MatcherProgram, Match_WritesPairsAndOneSummaryLine) {
  const Outcome outcome = run("match left.csv right.csv --algorithm A3 --threshold 95 -o matches.csv");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(content(folder_ / "matches.csv"), kBothPairs);
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_THAT(outcome.err, MatchesRegex("matcher: A3: 2 x 2 rows, 2 pairs, [0-9.]+ s\n"));
}

TEST_F(MatcherProgram, Match_ToStandardOutputQuietly) {
  const Outcome outcome = run("match left.csv right.csv -q -o -");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out, kBothPairs);
  EXPECT_THAT(outcome.err, IsEmpty());
}

TEST_F(MatcherProgram, ExactAlgorithm_WritesScore100AndExact) {
  EXPECT_EQ(run("match left.csv right.csv -a A2 -q -o -").out,
            "left_id,right_id,score,case,decision\n2,8,100.000000,EXACT,match\n");
}

TEST_F(MatcherProgram, HelpAndVersion_GoToStandardOutput) {
  const Outcome help = run("match --help");
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_THAT(help.out, HasSubstr("matcher match left.csv right.csv --algorithm A3 --threshold 95 -o matches.csv"));
  EXPECT_THAT(run("--version").out, MatchesRegex("matcher [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST_F(MatcherProgram, WrongUsage_IsExitCode2) {
  expect_refused("", 2, "subcommand is required");
  expect_refused("match left.csv right.csv", 2, "--output is required");
  expect_refused("match left.csv right.csv -o x.csv --algorithm A9", 2, "A9");
  expect_refused("match left.csv right.csv -o x.csv --threshold 101", 2, "101");
  expect_refused("match left.csv right.csv -o x.csv --threshold high", 2, "high");
  expect_refused("match left.csv right.csv -o x.csv --colour", 2, "--colour");
}

TEST_F(MatcherProgram, BadInput_IsExitCode2AndNothingIsWritten) {
  write("bad_date.csv", "id,first_name,last_name,birthdate\n1,a,b,03.02.1980\n");
  expect_refused("match missing.csv right.csv -o x.csv", 2, "matcher: missing.csv: cannot open the file");
  expect_refused("match left.csv bad_date.csv -o x.csv", 2, "matcher: bad_date.csv:2: birthdate '03.02.1980'");
}

TEST_F(MatcherProgram, OutputRefused_IsExitCode1) {
  expect_refused("match left.csv right.csv -o no/such/x.csv", 1, "matcher: no/such/x.csv: cannot write");
}

TEST_F(MatcherProgram, FailedRun_KeepsTheOldOutput) {
  write("matches.csv", "old\n");
  EXPECT_EQ(run("match missing.csv right.csv -o matches.csv").exit_code, 2);
  EXPECT_EQ(content(folder_ / "matches.csv"), "old\n");
}

// A pipe as input holds the program between the start, when it sets its handlers, and the match, when it looks.
TEST_F(MatcherProgram, Interrupted_IsExitCode130AndNothingIsWritten) {
  ASSERT_EQ(::mkfifo((folder_ / "pipe.csv").c_str(), 0600), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    if (::chdir(folder_.c_str()) != 0) ::_exit(99);
    ::execl(MATCHER_PROGRAM, "matcher", "match", "pipe.csv", "right.csv", "-o", "x.csv", nullptr);
    ::_exit(98);
  }
  const int pipe = ::open((folder_ / "pipe.csv").c_str(), O_WRONLY);  // returns when the program has opened its end
  ASSERT_GE(pipe, 0);
  ASSERT_EQ(::kill(child, SIGINT), 0);  // although the table does not come
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ::close(pipe);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 130);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "x.csv"));
}

class MatcherProgramOracle : public MatcherProgram, public testing::WithParamInterface<const char*> {};

TEST_P(MatcherProgramOracle, OutputFile_IsTheOracleForAnyThreadCount) {
  if (!std::filesystem::exists(kOracle)) GTEST_SKIP() << "no oracle data in " << kOracle;
  const std::string algorithm = GetParam();
  std::map<std::pair<long, long>, std::string> expected;
  std::ifstream pairs(kOracle / "pairs.csv");
  for (std::string line; std::getline(pairs, line);) {
    if (line.rfind(algorithm + ",", 0) != 0) continue;
    std::istringstream fields(line.substr(algorithm.size() + 1));
    std::string left, right, score, label;
    std::getline(std::getline(std::getline(std::getline(fields, left, ','), right, ','), score, ','), label, ',');
    expected[{std::stol(left), std::stol(right)}] = fmt::format("{},{},{},{},match\n", left, right, score, label);
  }
  std::string text = "left_id,right_id,score,case,decision\n";
  for (const auto& [ids, line] : expected) text += line;
  const std::string folder = kOracle.string();
  for (const char* threads : {"1", "2", "3", "8"}) {
    const Outcome outcome =
        run(fmt::format("match '{}/left.csv' '{}/right.csv' -a {} -t 0 -q -o matches.csv --threads {}", folder, folder,
                        algorithm, threads));
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_TRUE(content(folder_ / "matches.csv") == text) << threads << " threads";
  }
}

INSTANTIATE_TEST_SUITE_P(Fuzzy, MatcherProgramOracle, testing::Values("A3", "A4"));

}  // namespace
