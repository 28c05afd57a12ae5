// Result<T> and its macros: a failure leaves the function at once and unchanged; each kind has its exit code.
#include "harness/core/result.hpp"

#include <gtest/gtest.h>

#include <memory>

#include "harness/core/exit_code.hpp"

namespace assay {
namespace {

Result<int> half(int value) {
  if (value % 2 != 0) return fail(ErrorKind::kPlugin, "{} is odd", value);
  return value / 2;
}

Result<std::string> quarter_text(int value, int& steps) {
  ASSAY_TRY(const int once, half(value));
  ++steps;
  ASSAY_TRY(const int twice, half(once));
  ++steps;
  return std::to_string(twice);
}

Status check_even(int value, int& steps) {
  ASSAY_CHECK(half(value));
  ++steps;
  return {};
}

TEST(AssayTry, Success_NamesTheValue) {
  int steps = 0;
  const auto text = quarter_text(12, steps);
  ASSERT_TRUE(text);
  EXPECT_EQ(*text, "3");
  EXPECT_EQ(steps, 2);
}

TEST(AssayTry, FailureInTheMiddle_LeavesAtOnceWithThatError) {
  int steps = 0;
  const auto text = quarter_text(6, steps);
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().kind, ErrorKind::kPlugin);
  EXPECT_EQ(text.error().message, "3 is odd");
  EXPECT_EQ(steps, 1);
}

TEST(AssayTry, MoveOnlyValue_IsMovedOut) {
  const auto take = [](Result<std::unique_ptr<int>> given) -> Result<int> {
    ASSAY_TRY(const std::unique_ptr<int> owned, std::move(given));
    return *owned;
  };
  EXPECT_EQ(take(std::make_unique<int>(7)).value(), 7);
}

TEST(AssayCheck, Failure_BecomesTheErrorOfAnotherResult) {
  int steps = 0;
  EXPECT_TRUE(check_even(2, steps));
  const Status failed = check_even(3, steps);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().message, "3 is odd");
  EXPECT_EQ(steps, 1);
}

TEST(ExitCodes, OfErrors_AreTheDocumentedNumbers) {
  EXPECT_EQ(static_cast<int>(exit_code(ErrorKind::kInternal)), 1);
  EXPECT_EQ(static_cast<int>(exit_code(ErrorKind::kUsage)), 2);
  EXPECT_EQ(static_cast<int>(exit_code(ErrorKind::kResultsDiffer)), 4);
  EXPECT_EQ(static_cast<int>(exit_code(ErrorKind::kPlugin)), 6);
  EXPECT_EQ(static_cast<int>(exit_code(ErrorKind::kInterrupted)), 130);
}

}  // namespace
}  // namespace assay
