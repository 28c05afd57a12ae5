// `assay validate`: plugins that keep the contract pass; a stub fails the check that its fault belongs to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <regex>

#include "tests/stub_plugins/launch.hpp"

namespace assay {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

test::Finished validate(const std::string& file) {
  const auto module = std::filesystem::path(ASSAY_BINARY_DIR) / "stub_plugins" / (file + ".so");
  return test::run_assay({"validate", module.string(), "--dataset", "people-400", "--limit", "1.5"});
}

class ConformingTest : public testing::TestWithParam<const char*> {};

TEST_P(ConformingTest, Plugin_PassesAllSixChecks) {
  const test::Finished finished = validate(GetParam());
  EXPECT_EQ(finished.ending.code, 0) << finished.output;
  EXPECT_THAT(finished.output, HasSubstr("6 checks, 0 failed"));
  EXPECT_THAT(finished.output, Not(HasSubstr("skipped")));
}

INSTANTIATE_TEST_SUITE_P(Plugins, ConformingTest,
                         testing::Values("stub.correct", "stub.recording", "stub.five_percent", "abi.c99",
                                         "abi.frozen_1_0", "abi.next", "abi.cut"),
                         [](const auto& row) { return std::regex_replace(row.param, std::regex("\\."), "_"); });

struct Breach {
  const char* stub;
  const char* check;
  const char* words;
};

void PrintTo(const Breach& row, std::ostream* out) {
  *out << row.stub;
}

class BreachTest : public testing::TestWithParam<Breach> {};

TEST_P(BreachTest, Stub_FailsTheRightCheck) {
  const test::Finished finished = validate(std::string("stub.") + GetParam().stub);
  EXPECT_EQ(finished.ending.code, 6) << finished.output;
  EXPECT_THAT(finished.output, ContainsRegex(std::string(GetParam().check) + " +FAILED: [^\n]*" + GetParam().words));
}

INSTANTIATE_TEST_SUITE_P(Stubs, BreachTest,
                         testing::Values(Breach{"drifting", "call order", "gave another result"},
                                         Breach{"drifting", "repeat", "another result after reset"},
                                         Breach{"changes_result", "repeat", "changed after collect"},
                                         Breach{"stale_answer", "second data", "gave the earlier answer again"},
                                         Breach{"no_rows_crash", "empty input", "arithmetic exception in run"},
                                         Breach{"deaf", "cancel", "ms after the cancellation; poll host.is_cancelled"},
                                         Breach{"thread_left", "leftovers", "left 1 thread"},
                                         Breach{"memory_left", "leftovers", "of host.alloc memory after teardown"},
                                         Breach{"teardown_crash", "leftovers", "segmentation fault in teardown"},
                                         Breach{"segfault", "call order", "segmentation fault in run"},
                                         Breach{"wrong_type", "call order", "delivers float64"},
                                         Breach{"writes_input", "call order", "read-only input"}),
                         [](const auto& row) {
                           return std::string(row.param.stub) + "_" +
                                  std::regex_replace(row.param.check, std::regex(" "), "_");
                         });

// The other checks of a plugin with one fault pass: a failure points at its cause.
TEST(Conformance, FaultInOneCheck_LeavesTheOthersPassed) {
  for (const char* stub : {"stub.stale_answer", "stub.no_rows_crash", "stub.deaf", "stub.memory_left"}) {
    const test::Finished finished = validate(stub);
    EXPECT_THAT(finished.output, HasSubstr("6 checks, 1 failed")) << stub;
  }
}

TEST(Conformance, UnsupportedPlugin_IsSkippedWithItsReason) {
  const test::Finished finished = validate("stub.unsupported");
  EXPECT_EQ(finished.ending.code, 0) << finished.output;
  EXPECT_THAT(finished.output, HasSubstr("skipped: needs a machine of another kind"));
  EXPECT_THAT(finished.output, Not(HasSubstr("passed")));
}

TEST(Conformance, ModuleThatCannotBeUsed_IsRefusedInOneLine) {
  const test::Finished finished = validate("stub.old_abi");
  EXPECT_EQ(finished.ending.code, 6) << finished.output;
  EXPECT_THAT(finished.output, HasSubstr("assay: plugin 'stub.old_abi.so' was built for ABI 0.0"));
}

}  // namespace
}  // namespace assay
