// Blocks, tasks and uploaded arrays that outlive reset: used for the same names and dates, never for others.
#include <gtest/gtest.h>

#include "tests/plugins/gpu/emulated_blocks.hpp"

namespace assay::gpu {
namespace {

using namespace matcher::gpu;

class KeptBlocksTest : public testing::Test {
 protected:
  void expect_right(const std::vector<test::Person>& left_people) {
    const test::PeopleTable left_table("left", left_people), right_table("right", right);
    EXPECT_EQ(kept.answer(left_table, right_table), test::answer<OnCpu>(left_table, right_table, "70", cpu));
  }
  [[nodiscard]] std::uint64_t hits() const { return host.count(ASSAY_COUNTER_CACHE_HITS); }

  const std::vector<test::Person> left = test::random_people(50, 31), right = test::random_people(50, 32);
  test::CountingHost host, cpu;
  fake::Runtime runtime{emulated_options(31)};
  test::Instance<OnDeviceKept> kept{host, "70"};
};

TEST_F(KeptBlocksTest, SameTablesAgain_AreNotUploadedAgain) {
  expect_right(left);
  const std::size_t bytes = runtime.copied_bytes(cudaMemcpyHostToDevice);
  const std::size_t allocations = runtime.count("cudaMalloc");
  EXPECT_GT(bytes, 0U);
  expect_right(left);
  expect_right(left);
  EXPECT_EQ(runtime.copied_bytes(cudaMemcpyHostToDevice), bytes);
  EXPECT_EQ(runtime.count("cudaMalloc"), allocations);
  EXPECT_EQ(host.cache(), std::pair(3UL, 2UL));
}

TEST_F(KeptBlocksTest, OneOtherLetter_IsMadeAnew) {
  expect_right(left);
  std::vector<test::Person> changed = left;
  changed.back().last_name += 'q';
  expect_right(changed);
  EXPECT_EQ(hits(), 0U);
  expect_right(changed);
  EXPECT_EQ(hits(), 1U);
}

// The same names in the same order: only the dates say that these are other pairs.
TEST_F(KeptBlocksTest, OneOtherDate_IsMadeAnew) {
  const test::PeopleTable people("left", {{"ann", "lee", 1}, {"bob", "lee", 2}});
  const test::PeopleTable others("right", {{"ann", "lee", 1}, {"bob", "lee", 2}});
  const test::PeopleTable later("right", {{"ann", "lee", 1}, {"bob", "lee", 3}});
  EXPECT_EQ(kept.answer(people, others).size(), 2U);
  EXPECT_EQ(kept.answer(people, later), test::answer<OnCpu>(people, later, "70", cpu));
  EXPECT_EQ(hits(), 0U);
}

TEST_F(KeptBlocksTest, OneRowLess_IsMadeAnew) {
  expect_right(left);
  std::vector<test::Person> fewer = left;
  fewer.pop_back();
  expect_right(fewer);
  EXPECT_EQ(hits(), 0U);
}

TEST_F(KeptBlocksTest, OtherIdsOfTheSamePeople_AreInTheAnswer) {
  expect_right(left);
  const test::PeopleTable renumbered("left", left, 1000), right_table("right", right);
  EXPECT_EQ(kept.answer(renumbered, right_table), test::answer<OnCpu>(renumbered, right_table, "70", cpu));
  EXPECT_EQ(hits(), 1U);
}

TEST_F(KeptBlocksTest, PrepareThatFailed_LeavesNothingToUse) {
  expect_right(left);
  std::vector<test::Person> changed = left;
  changed.back().last_name += 'q';
  runtime.inject(
      {.name = "cudaMalloc", .occurrence = runtime.count("cudaMalloc") + 1, .code = cudaErrorMemoryAllocation});
  EXPECT_THROW(expect_right(changed), sdk::Failure);
  kept.reset();
  expect_right(changed);
  expect_right(left);
  EXPECT_EQ(hits(), 0U);
}

// What the run before a cancellation or a failure left behind is no part of the next one.
TEST_F(KeptBlocksTest, RunThatFailed_LeavesTablesAndNoTime) {
  expect_right(left);
  const std::size_t bytes = runtime.copied_bytes(cudaMemcpyHostToDevice);
  const std::size_t launches = runtime.records().launches.size();
  ASSERT_GT(launches, 1U);
  runtime.inject({.name = "cudaLaunchKernel", .occurrence = launches + 2, .code = cudaErrorLaunchOutOfResources});
  EXPECT_THROW(expect_right(left), sdk::Failure);
  kept.reset();
  const std::size_t read = runtime.count("cudaEventElapsedTime");
  const std::size_t launched = runtime.records().launches.size();
  expect_right(left);
  EXPECT_EQ(runtime.count("cudaEventElapsedTime") - read, runtime.records().launches.size() - launched);
  EXPECT_EQ(runtime.copied_bytes(cudaMemcpyHostToDevice), bytes);
}

TEST_F(KeptBlocksTest, AllOfIt_IsReleasedWithTheVariant) {
  {
    test::Instance<OnDeviceKept> another(host, "70");
    const test::PeopleTable left_table("left", left), right_table("right", right);
    another.answer(left_table, right_table);
    EXPECT_GT(runtime.device_memory.live(), 0U);
  }
  EXPECT_EQ(runtime.live(), 0U) << runtime.live_text();
}

}  // namespace
}  // namespace assay::gpu
