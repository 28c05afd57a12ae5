// Steal and pressure: what is read from the kernel's texts, and that a text that is not there gives no number.
#include "harness/measure/machine_noise.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <thread>
#include <vector>

#include "harness/measure/clock.hpp"
#include "harness/measure/noise.hpp"
#include "tests/harness/core/temporary_folder.hpp"

namespace assay::measure {
namespace {

constexpr const char* kStat =
    "cpu  100 1 2 3 4 5 6 70 8 9\n"
    "cpu0 40 1 1 1 1 1 1 20 1 1\n"
    "cpu1 60 0 1 2 3 4 5 50 7 8\n"
    "intr 16712053 0 0\n";
constexpr const char* kPressure =
    "some avg10=13.61 avg60=25.34 avg300=43.64 total=8938560\n"
    "full avg10=0.00 avg60=0.00 avg300=0.00 total=7\n";

TEST(StealTicks, ChosenCpus_AreSummed) {
  EXPECT_EQ(steal_ticks(kStat, {0}), 20);
  EXPECT_EQ(steal_ticks(kStat, {1}), 50);
  EXPECT_EQ(steal_ticks(kStat, {0, 1}), 70);
}

TEST(StealTicks, NoCpuChosen_IsTheWholeMachine) {
  EXPECT_EQ(steal_ticks(kStat, {}), 70);
}

TEST(StealTicks, CpuThatIsNotThere_IsUnknownAndNotNothing) {
  EXPECT_EQ(steal_ticks(kStat, {0, 7}), std::nullopt);
}

TEST(StealTicks, OldKernelOrOtherText_IsUnknown) {
  EXPECT_EQ(steal_ticks("cpu  100 1 2 3\n", {}), std::nullopt);
  EXPECT_EQ(steal_ticks("", {}), std::nullopt);
  EXPECT_EQ(steal_ticks("cpu", {}), std::nullopt);
}

TEST(StallNs, SomeLine_GivesItsTotalInNanoseconds) {
  EXPECT_EQ(stall_ns(kPressure), 8'938'560'000);
}

TEST(StallNs, NoSomeLine_IsUnknown) {
  EXPECT_EQ(stall_ns("full avg10=0.00 total=7\n"), std::nullopt);
  EXPECT_EQ(stall_ns("some avg10=0.00\nfull total=7\n"), std::nullopt);
  EXPECT_EQ(stall_ns(""), std::nullopt);
}

TEST(MachineNoise, UnknownOnEitherSide_StaysUnknown) {
  const MachineNoise known{10, 20, 30, 40};
  const MachineNoise unknown;
  EXPECT_EQ((known - MachineNoise{1, 2, 3, 4}).memory_stall_ns, 27);
  EXPECT_EQ((known - unknown).steal_ns, std::nullopt);
  EXPECT_EQ((unknown - known).cpu_stall_ns, std::nullopt);
}

TEST(MachineNoiseReader, KernelWithoutPressureFiles_GivesStealOnly) {
  const testing::TemporaryFolder proc;
  std::ofstream(proc / "stat") << kStat;
  const MachineNoise noise = MachineNoiseReader({1}, proc.path()).read();
  ASSERT_TRUE(noise.steal_ns);
  EXPECT_EQ(*noise.steal_ns, 50 * (1'000'000'000 / ::sysconf(_SC_CLK_TCK)));
  EXPECT_FALSE(noise.cpu_stall_ns);
  EXPECT_FALSE(noise.memory_stall_ns);
  EXPECT_FALSE(noise.io_stall_ns);
}

TEST(MachineNoiseReader, EveryReading_SeesTheFileAsItIsNow) {
  const testing::TemporaryFolder proc;
  std::filesystem::create_directory(proc / "pressure");
  std::ofstream(proc / "pressure" / "memory") << kPressure;
  MachineNoiseReader reader({}, proc.path());
  const MachineNoise before = reader.read();
  std::ofstream(proc / "pressure" / "memory") << "some avg10=0.00 avg60=0.00 avg300=0.00 total=9000000\n";
  EXPECT_EQ((reader.read() - before).memory_stall_ns, 61'440'000);
}

class MachineNoiseLapsTest : public ::testing::Test {
 protected:
  MachineNoiseLapsTest() {
    std::filesystem::create_directory(proc.path() / "pressure");
    stalled(100);
  }
  void stalled(int microseconds) const {
    std::ofstream(proc.path() / "pressure" / "memory")
        << "some avg10=0.00 avg60=0.00 avg300=0.00 total=" << microseconds << "\n";
  }

  testing::TemporaryFolder proc;
};

TEST_F(MachineNoiseLapsTest, SamplesOnEnd_ShareTheReadingBetweenThem) {
  MachineNoiseLaps laps({}, proc.path(), std::int64_t{3600} * 1'000'000'000);
  laps.begin();
  stalled(130);
  EXPECT_EQ(laps.end().memory_stall_ns, 30'000);
  stalled(131);  // between two samples: belongs to the second
  laps.begin();
  stalled(140);
  EXPECT_EQ(laps.end().memory_stall_ns, 10'000);
}

TEST_F(MachineNoiseLapsTest, PauseBetweenSamples_BelongsToNone) {
  MachineNoiseLaps laps({}, proc.path(), -1);
  laps.begin();
  static_cast<void>(laps.end());
  stalled(500);
  laps.begin();
  stalled(507);
  EXPECT_EQ(laps.end().memory_stall_ns, 7'000);
}

// Steal counts ticks of 10 ms: what comes between two ticks is seen after the second.
TEST(MachineNoiseReader, Steal_IsReadOnceATick) {
  const testing::TemporaryFolder proc;
  std::ofstream(proc / "stat") << kStat;
  MachineNoiseReader reader({0}, proc.path());
  const MachineNoise before = reader.read();
  std::ofstream(proc / "stat") << "cpu0 40 1 1 1 1 1 1 27 1 1\n";
  std::int64_t seen = 0;
  for (int i = 0; i < 10'000 && seen == 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    seen = (reader.read() - before).steal_ns.value();
  }
  EXPECT_EQ(seen, 7 * (1'000'000'000 / ::sysconf(_SC_CLK_TCK)));
}

TEST(AllowedCpus, ThisProcess_HasAtLeastOne) {
  const std::vector<int> cpus = allowed_cpus();
  ASSERT_FALSE(cpus.empty());
  EXPECT_TRUE(std::is_sorted(cpus.begin(), cpus.end()));
}

// What a sample adds outside its window: two readings of its process, one of the machine. The cheapest of many is what
// it costs on a machine that leaves us alone; the goal is 15 microseconds on two CPUs, the bound leaves room for larger
// machines.
TEST(NoiseReadings, ThoseOfOneSample_CostMicroseconds) {
#ifdef ASSAY_SANITIZE
  GTEST_SKIP() << "sanitizers make every call dearer";
#endif
  SystemClock clock;
  MachineNoiseLaps machine(allowed_cpus());
  std::vector<std::int64_t> costs;
  for (int i = 0; i < 200; ++i) {
    const std::int64_t begin = clock.wall_ns();
    machine.begin();
    const Noise own = read_noise();
    static_cast<void>(read_noise() - own);
    static_cast<void>(machine.end());
    costs.push_back(clock.wall_ns() - begin);
  }
  std::sort(costs.begin(), costs.end());
  RecordProperty("nanoseconds_median", static_cast<int>(costs[100]));
  std::printf("noise evidence: %lld ns a sample (median), %lld ns at best\n", static_cast<long long>(costs[100]),
              static_cast<long long>(costs.front()));
  EXPECT_LT(costs.front(), 2 * MachineNoiseReader::kDearestStealNs + 50'000);
}

}  // namespace
}  // namespace assay::measure
