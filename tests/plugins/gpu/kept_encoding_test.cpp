// The encoding of names that outlives reset: used for the same names, never for others.
#include <gtest/gtest.h>

#include "tests/plugins/gpu/emulated_variant.hpp"

namespace assay::gpu {
namespace {

using namespace matcher::gpu;
using Kept = Small<FusedRows64, KeptEncoding>;

class KeptEncodingTest : public testing::Test {
 protected:
  void expect_right(test::Instance<Kept>& instance, const std::vector<test::Person>& left_people) {
    const test::PeopleTable left_table("left", left_people), right_table("right", right);
    EXPECT_EQ(instance.answer(left_table, right_table), test::answer<OnCpu>(left_table, right_table, "70", cpu));
  }

  const std::vector<test::Person> left = test::random_people(50, 21), right = test::random_people(50, 22);
  test::CountingHost host, cpu;
  fake::Runtime runtime{emulated_options(21)};
  test::Instance<Kept> kept{host, "70"};
};

TEST_F(KeptEncodingTest, SameNamesAgain_AreNotUploadedAgain) {
  expect_right(kept, left);
  const std::size_t bytes_first = runtime.copied_bytes(cudaMemcpyHostToDevice);
  const std::uint64_t pair_bytes = host.count(ASSAY_COUNTER_BYTES_TO_DEVICE);
  EXPECT_GT(bytes_first, pair_bytes);
  expect_right(kept, left);
  EXPECT_EQ(runtime.copied_bytes(cudaMemcpyHostToDevice), bytes_first + pair_bytes);
  EXPECT_EQ(kept.variant().encoding().made, 1U);
  EXPECT_EQ(kept.variant().encoding().kept, 1U);
  EXPECT_EQ(host.cache(), std::pair(2UL, 1UL));
}

TEST_F(KeptEncodingTest, OneOtherLetter_IsEncodedAnew) {
  expect_right(kept, left);
  for (std::size_t row = 0; row < left.size(); ++row) {
    if (left[row].last_name.empty() || left[row].last_name[0] != 'a') continue;
    std::vector<test::Person> changed = left;
    changed[row].last_name[0] = 'q';
    expect_right(kept, changed);
    EXPECT_EQ(kept.variant().encoding().made, 2U);
    return;
  }
  FAIL() << "no name begins with an a: this test could not fail";
}

TEST_F(KeptEncodingTest, OtherDatesOfTheSameNames_AreOtherPairsOfTheSameRows) {
  const test::PeopleTable first("left", {{"ann", "lee", 1}, {"bob", "lee", 1}});
  const test::PeopleTable others("right", {{"ann", "lee", 1}, {"bob", "lee", 1}});
  const test::PeopleTable later("right", {{"ann", "lee", 1}, {"bob", "lee", 2}});
  EXPECT_EQ(kept.answer(first, others), test::answer<OnCpu>(first, others, "70", cpu));
  EXPECT_EQ(kept.answer(first, later), test::answer<OnCpu>(first, later, "70", cpu));
  EXPECT_EQ(kept.variant().encoding().kept, 1U);
}

TEST_F(KeptEncodingTest, AllOfIt_IsReleasedWithTheVariant) {
  {
    test::Instance<Kept> another(host, "70");
    expect_right(another, left);
    EXPECT_GT(runtime.device_memory.live(), 0U);
  }
  EXPECT_EQ(runtime.live(), 0U) << runtime.live_text();
}

}  // namespace
}  // namespace assay::gpu
