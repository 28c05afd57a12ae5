// Axis "grid": the shapes that reach the runtime are those the choice stands for, and what was tuned is remembered.
#include <gtest/gtest.h>

#include <array>
#include <set>

#include "tests/harness/core/temporary_folder.hpp"
#include "tests/matcher/gpu/device/h200.hpp"
#include "tests/plugins/gpu/emulated_variant.hpp"

namespace assay::gpu {
namespace {

using namespace matcher::gpu;

constexpr std::size_t kTile = 96;

class GridAxisTest : public ::testing::Test {
 protected:
  test::PeopleTable left{"left", test::random_people(50, 11)};
  test::PeopleTable right{"right", test::random_people(50, 11)};
  test::CountingHost host;
};

TEST_F(GridAxisTest, Static_IsAThreadPerPairInBlocksOf256) {
  const fake::Runtime runtime(emulated_options(11));
  test::answer<Small<Fused, AuditedAxes>>(left, right, "90", host);
  EXPECT_GT(runtime.records().launches.size(), 2U);
  for (const fake::LaunchRecord& launch : runtime.records().launches) EXPECT_EQ(launch.shape.block.x, 256U);
}

TEST_F(GridAxisTest, Occupancy_IsWhatTheDevicesArithmeticSays) {
  const fake::Runtime runtime(emulated_options(11));
  test::answer<Small<Fused, GridAxis<GridChoice::kOccupancy>>>(left, right, "90", host);
  const cudaDeviceProp device = fake::h200_properties();
  const KernelFacts facts{.registers = 32};
  const std::array blocks{64U, 128U, 256U};
  const LaunchShape expected = occupancy_shape(kTile, device, facts, *best_occupancy(device, facts, blocks));
  EXPECT_NE(expected.block.x, 256U) << "the same as static: this test could not fail";
  ASSERT_GT(runtime.records().launches.size(), 2U);
  EXPECT_EQ(runtime.records().launches.front().shape.block.x, expected.block.x);
  EXPECT_EQ(runtime.records().launches.front().shape.grid.x, expected.grid.x);
}

TEST_F(GridAxisTest, Tuned_MeasuresTheFirstDataAndRemembersForTheNext) {
  const fake::Runtime runtime(emulated_options(11));
  const auto& launches = runtime.records().launches;
  const auto sizes_from = [&](std::size_t first) {
    std::set<unsigned> sizes;
    for (std::size_t i = first; i < launches.size(); ++i) sizes.insert(launches[i].shape.block.x);
    return sizes;
  };
  test::Instance<Small<Fused, GridAxis<GridChoice::kTuned>>> tuned(host, "90");
  tuned.answer(left, right);
  EXPECT_EQ(tuned.variant().tuning().measured, 10U);
  EXPECT_EQ(tuned.variant().tuning().rejected, 0U);
  EXPECT_EQ(sizes_from(0), (std::set<unsigned>{64, 128, 256, 512, 1024}));

  const std::size_t before = launches.size();
  tuned.answer(left, right);
  EXPECT_EQ(tuned.variant().tuning().measured, 10U);
  EXPECT_EQ(tuned.variant().tuning().remembered, 1U);
  EXPECT_EQ(sizes_from(before).size(), 1U);
}

// A block size whose results are wrong must not win, however fast it was.
TEST_F(GridAxisTest, Tuned_NeverChoosesWhatScoredWrongly) {
  fake::Options options = emulated_options(11);
  options.kernel_runner = [run = options.kernel_runner](const LaunchShape& shape, const std::function<void()>& body) {
    if (shape.block.x == 128) run(shape, body);  // all others do nothing
  };
  const test::CountingHost cpu;
  const fake::Runtime runtime(options);
  EXPECT_EQ((test::answer<Small<Fused, GridAxis<GridChoice::kTuned>>>(left, right, "80", host)),
            test::answer<OnCpu>(left, right, "80", cpu));
  EXPECT_EQ(runtime.records().launches.back().shape.block.x, 128U);
}

TEST_F(GridAxisTest, Tuned_CountsWhatItRemembersAndWritesNothingDown) {
  const assay::testing::TemporaryFolder folder;
  const test::CountingHost with_folder(folder.path().string());
  const fake::Runtime runtime(emulated_options(11));
  test::Instance<Small<Fused, GridAxis<GridChoice::kTuned>>> tuned(with_folder, "90");
  tuned.answer(left, right);
  EXPECT_EQ(with_folder.cache(), std::pair(1UL, 0UL));
  tuned.answer(left, right);
  EXPECT_EQ(with_folder.cache(), std::pair(2UL, 1UL));
  EXPECT_TRUE(folder.names().empty());
}

}  // namespace
}  // namespace assay::gpu
