// Work on several threads: everything once, and an exception reaches the caller.
#include "datasets/generate/parallel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <new>

namespace assay::datasets {
namespace {

TEST(ForEachIndex, EveryIndex_IsVisitedOnce) {
  for (const unsigned threads : {1U, 2U, 9U}) {
    std::vector<std::atomic<int>> visits(1000);
    for_each_index(visits.size(), threads, [&](std::uint64_t index) { ++visits[index]; });
    for (const auto& count : visits) ASSERT_EQ(count, 1);
  }
}

TEST(ForEachIndex, NoWork_CallsNothing) {
  for_each_index(0, 4, [](std::uint64_t) { FAIL(); });
}

TEST(ForEachIndex, ExceptionOfAnyThread_ReachesTheCaller) {
  for (const unsigned threads : {1U, 4U}) {
    std::atomic<int> visits{0};
    const auto work = [&](std::uint64_t index) {
      ++visits;
      if (index == 5) throw std::bad_alloc();
    };
    EXPECT_THROW(for_each_index(1'000'000, threads, work), std::bad_alloc);
    EXPECT_LT(visits, 1'000'000);
  }
}

}  // namespace
}  // namespace assay::datasets
