// The same on a real GPU; skipped with the reason where there is none.
#include <gtest/gtest.h>

#include "matcher/engine/match_engine.hpp"
#include "matcher/gpu/engine/gpu_backend.hpp"
#include "tests/matcher/engine/random_persons.hpp"

namespace {

using namespace matcher;

TEST(OnDevice, RandomPersons_MatchAsOnTheCpu) {
  if (const auto missing = gpu::look_for_gpu()) GTEST_SKIP() << missing->what << "; " << missing->advice;
  for (const std::size_t rows : {std::size_t{1}, std::size_t{500}, std::size_t{5000}}) {
    const PersonsTable left = matcher_test::PersonsGenerator(rows).make(rows).table;
    const PersonsTable right = matcher_test::PersonsGenerator(rows + 1).make(rows).table;
    for (const Algorithm algorithm : {Algorithm::kA3, Algorithm::kA4}) {
      for (const double threshold : {60.0, 90.0, 95.0}) {
        const MatchOptions options{algorithm, threshold, 0, {}};
        const auto filter = gpu::make_gpu_filter();
        const auto result = run_match(left.view(), right.view(), options, *filter);
        ASSERT_TRUE(result) << result.error().message;
        EXPECT_EQ(result->filter_failure, std::nullopt);
        EXPECT_TRUE(result->matches == run_match(left.view(), right.view(), options).value().matches)
            << rows << " rows, threshold " << threshold;
      }
    }
  }
}

// What a build or a machine without a GPU answers is a sentence, and the engine's result is that of the CPU.
TEST(OnDevice, NoGpu_IsAFailureOfTheFilterAlone) {
  if (!gpu::look_for_gpu()) GTEST_SKIP() << "this machine has a GPU";
  const PersonsTable table = matcher_test::PersonsGenerator(1).make(200).table;
  const MatchOptions options{Algorithm::kA3, 60.0, 1, {}};
  const auto filter = gpu::make_gpu_filter();
  const auto result = run_match(table.view(), table.view(), options, *filter);
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_NE(result->filter_failure.value_or(""), "");
  EXPECT_EQ(result->matches, run_match(table.view(), table.view(), options).value().matches);
}

}  // namespace
