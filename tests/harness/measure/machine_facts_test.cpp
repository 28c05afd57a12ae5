// What is read from the kernel's files: a whole machine made of files, and one that says nothing.
#include "harness/measure/machine_facts.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/harness/core/temporary_folder.hpp"

namespace assay::measure {
namespace {

namespace fs = std::filesystem;

class MachineFactsTest : public ::testing::Test {
 protected:
  void write(const std::string& path, const std::string& text) {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }
  [[nodiscard]] MachineFacts read() const { return read_machine_facts(root_.path()); }

 private:
  testing::TemporaryFolder root_;
};

TEST_F(MachineFactsTest, MachineThatSaysNothing_IsAllUnknown) {
  const MachineFacts facts = read();
  EXPECT_FALSE(facts.allowed_cpus.empty());
  EXPECT_FALSE(facts.cpu_quota || facts.governor || facts.turbo || facts.simultaneous_threads);
  EXPECT_FALSE(facts.address_randomization || facts.load_average || facts.cpu_pressure || facts.memory_pressure);
  EXPECT_FALSE(facts.io_pressure || facts.swap_used_bytes || facts.transparent_huge_pages);
  EXPECT_FALSE(facts.perf_event_paranoid || facts.clock_source || facts.nvidia_driver);
}

TEST_F(MachineFactsTest, EveryFile_IsRead) {
  write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n");
  write("sys/devices/system/cpu/intel_pstate/no_turbo", "0\n");
  write("sys/devices/system/cpu/smt/active", "1\n");
  write("proc/sys/kernel/randomize_va_space", "2\n");
  write("proc/loadavg", "2.06 2.97 3.24 5/116 3338\n");
  write("proc/pressure/cpu", "some avg10=13.61 avg60=25.34 avg300=43.64 total=8938560865\nfull avg10=1.00 total=0\n");
  write("proc/pressure/memory", "some avg10=0.50 avg60=0.01 avg300=0.04 total=74926629\n");
  write("proc/pressure/io", "some avg10=0.00 avg60=0.00 avg300=0.00 total=0\n");
  write("proc/meminfo", "MemTotal: 9 kB\nSwapTotal:       2048 kB\nSwapFree:        1024 kB\n");
  write("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
  write("proc/sys/kernel/perf_event_paranoid", "3\n");
  write("sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc\n");
  write("proc/driver/nvidia/version", "NVRM version: NVIDIA UNIX x86_64 Kernel Module  570.86.15  Thu\nGCC version:\n");
  const MachineFacts facts = read();
  EXPECT_EQ(facts.governor, "powersave");
  EXPECT_EQ(facts.turbo, true);
  EXPECT_EQ(facts.simultaneous_threads, true);
  EXPECT_EQ(facts.address_randomization, 2);
  EXPECT_EQ(facts.load_average, 2.06);
  EXPECT_EQ(facts.cpu_pressure, 13.61);
  EXPECT_EQ(facts.memory_pressure, 0.5);
  EXPECT_EQ(facts.io_pressure, 0);
  EXPECT_EQ(facts.swap_used_bytes, 1024 * 1024);
  EXPECT_EQ(facts.transparent_huge_pages, "madvise");
  EXPECT_EQ(facts.perf_event_paranoid, 3);
  EXPECT_EQ(facts.clock_source, "tsc");
  EXPECT_EQ(facts.nvidia_driver, "570.86.15");
}

TEST_F(MachineFactsTest, QuotaOfVersion2_IsProcessors) {
  write("sys/fs/cgroup/cpu.max", "150000 100000\n");
  EXPECT_EQ(read().cpu_quota, 1.5);
  write("sys/fs/cgroup/cpu.max", "max 100000\n");
  EXPECT_EQ(read().cpu_quota, std::nullopt);
}

TEST_F(MachineFactsTest, QuotaOfTheProcessesOwnGroup_IsFound) {
  write("proc/self/cgroup", "0::/user.slice/session.scope\n");
  write("sys/fs/cgroup/user.slice/session.scope/cpu.max", "50000 100000\n");
  EXPECT_EQ(read().cpu_quota, 0.5);
}

TEST_F(MachineFactsTest, QuotaOfVersion1_IsProcessors_MinusOneIsNoLimit) {
  write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "200000\n");
  write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(read().cpu_quota, 2);
  write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
  EXPECT_EQ(read().cpu_quota, std::nullopt);
}

TEST_F(MachineFactsTest, BoostOfOtherDrivers_IsTurbo) {
  write("sys/devices/system/cpu/cpufreq/boost", "0\n");
  EXPECT_EQ(read().turbo, false);
}

TEST(TryClock, Readings_CostAndStepSomething) {
  const ClockFacts facts = try_clock();
  EXPECT_GT(facts.cost_ns, 0);
  EXPECT_LT(facts.cost_ns, 1e6);
  EXPECT_GE(facts.resolution_ns, 1);
  EXPECT_LT(facts.resolution_ns, 1e8);
}

TEST(TrySteal, ShortWait_IsAShareOrUnknown) {
  EXPECT_GE(try_steal(1'000'000).value_or(0), 0);
}

}  // namespace
}  // namespace assay::measure
