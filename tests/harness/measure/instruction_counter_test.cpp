// What is read from callgrind's files, and that without valgrind there is a reason instead of a number. Counting itself
// is tested on the real road: tests/harness/cli/exact_counts_test.cpp.
#include "harness/measure/instruction_counter.hpp"

#include <gtest/gtest.h>

namespace assay::measure {
namespace {

TEST(CallgrindTotal, OnePart_IsItsTotal) {
  EXPECT_EQ(callgrind_total("version: 1\nevents: Ir\nsummary: 12\n\nfn=(1) main\n16 12\n\ntotals: 12\n").value(), 12);
}

TEST(CallgrindTotal, PartsOfThreads_AreSummed) {
  EXPECT_EQ(callgrind_total("version: 1\ntotals: 7717225\npart: 2\ntotals: 75\n").value(), 7'717'300);
}

TEST(CallgrindTotal, OnlyASummary_Counts) {
  EXPECT_EQ(callgrind_total("version: 1\nsummary: 5\nfn=(1)\n").value(), 5);
}

TEST(CallgrindTotal, CutOrOtherText_IsAnErrorAndNotZero) {
  EXPECT_FALSE(callgrind_total(""));
  EXPECT_FALSE(callgrind_total("version: 1\nevents: Ir\n"));
  EXPECT_FALSE(callgrind_total("version: 1\ntotals: \n"));
}

TEST(InstructionCounter, WithoutValgrind_SaysSo) {
  const auto counter = InstructionCounter::start("nowhere");
  ASSERT_FALSE(counter);
  EXPECT_NE(counter.error().message.find("valgrind"), std::string::npos) << counter.error().message;
}

}  // namespace
}  // namespace assay::measure
