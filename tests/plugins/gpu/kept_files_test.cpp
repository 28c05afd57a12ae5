// What a later process finds: the grid that an earlier one tuned and the kernel that it compiled; and that a folder in
// any state costs speed alone.
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <functional>
#include <iterator>
#include <regex>
#include <string>

#include "matcher/gpu/kernels/fused.cuh"
#include "plugins/gpu/fused_at_run_time.hpp"
#include "tests/harness/core/temporary_folder.hpp"
#include "tests/plugins/gpu/emulated_variant.hpp"

namespace assay::gpu {
namespace {

using namespace matcher::gpu;
namespace fs = std::filesystem;
using Folder = assay::testing::TemporaryFolder;

std::string text_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// An instance made anew stands for a new process: all that they share is the folder.
class KeptFilesTest : public ::testing::Test {
 protected:
  template <class Variant, class Look>
  auto in_new_process(Look look) {
    test::Instance<Variant> instance(host, "90");
    EXPECT_EQ(instance.answer(left, right), test::answer<OnCpu>(left, right, "90", cpu));
    return look(instance.variant());
  }

  Folder folder;
  test::CountingHost host{folder.path().string()}, cpu;
  const test::PeopleTable left{"left", test::random_people(30, 41)}, right{"right", test::random_people(30, 41)};
};

class RememberedGridTest : public KeptFilesTest {
 protected:
  std::uint64_t measured() {
    return in_new_process<Small<Fused, RememberedGrid>>(
        [](const PairVariant& variant) { return variant.tuning().measured; });
  }
  [[nodiscard]] fs::path file() const { return folder / "gpu-grids.txt"; }
  fake::Runtime runtime{emulated_options(41)};
};

TEST_F(RememberedGridTest, NextProcess_MeasuresNothingAndTakesTheSameGrid) {
  EXPECT_EQ(measured(), 10U);
  const unsigned chosen = runtime.records().launches.back().shape.block.x;
  const std::size_t before = runtime.records().launches.size();
  EXPECT_EQ(measured(), 0U);
  for (std::size_t i = before; i < runtime.records().launches.size(); ++i) {
    EXPECT_EQ(runtime.records().launches[i].shape.block.x, chosen);
  }
  EXPECT_EQ(host.cache(), std::pair(2UL, 1UL));
  EXPECT_EQ(folder.names(), std::vector<std::string>{"gpu-grids.txt"}) << "and nothing half written";
}

TEST_F(RememberedGridTest, TextThatIsNotOurs_IsMeasuredAndWrittenAnew) {
  EXPECT_EQ(measured(), 10U);
  const std::string text = text_of(file());
  for (const std::string& bad : {std::string(), text.substr(0, text.size() - 1), text + "no tabs\n"}) {
    folder.write("gpu-grids.txt", bad);
    EXPECT_EQ(measured(), 10U) << bad;
    EXPECT_EQ(measured(), 0U);
  }
}

TEST_F(RememberedGridTest, GridThatIsNoneOfOurs_IsMeasuredAnew) {
  EXPECT_EQ(measured(), 10U);
  const std::string text = text_of(file());
  const std::string wrong = std::regex_replace(text, std::regex("\t[0-9]+\t([0-9]+)\n"), "\t100\t$1\n");
  ASSERT_NE(wrong, text);
  folder.write("gpu-grids.txt", wrong);
  EXPECT_EQ(measured(), 10U);
}

// Every part of the key decides: what was measured for another says nothing.
TEST_F(RememberedGridTest, OtherDeviceDriverOrSource_IsMeasuredAnew) {
  EXPECT_EQ(measured(), 10U);
  const std::string text = text_of(file());
  EXPECT_TRUE(std::regex_search(text, std::regex("fused, source [0-9a-f]{16}\t"))) << text;
  for (const char* const part : {"NVIDIA H200", "driver ", "fused", "source ", "64 symbols"}) {
    const std::size_t at = text.find(part);
    ASSERT_NE(at, std::string::npos) << part << " in " << text;
    std::string other = text;
    other.insert(at + std::strlen(part), "9");
    folder.write("gpu-grids.txt", other);
    EXPECT_EQ(measured(), 10U) << part;
  }
}

TEST_F(RememberedGridTest, FolderThatCannotBe_CostsATuningEachTime) {
  const fs::path no_folder = folder.write("a file", "") / "below";
  test::CountingHost without(no_folder.string()), none;
  for (const test::CountingHost* one : {&without, &none}) {
    for (int i = 0; i < 2; ++i) {
      test::Instance<Small<Fused, RememberedGrid>> instance(*one, "90");
      EXPECT_EQ(instance.answer(left, right), test::answer<OnCpu>(left, right, "90", cpu));
      EXPECT_EQ(instance.variant().tuning().measured, 10U);
    }
  }
}

class KernelOnDiskTest : public KeptFilesTest {
 protected:
  void SetUp() override {
    auto compiler = Nvrtc::open();
    if (!compiler) GTEST_SKIP() << "no run-time compiler: " << compiler.error().message;
    const KernelSource source = fused_source(kAuditedTextSymbols);
    const auto compiled = compiler->compile(source);
    ASSERT_TRUE(compiled) << compiled.error().message;
    runtime.add_library_kernel(compiled->lowered_names.at(source.expressions.front()),
                               {{sizeof(AuditedPairs), sizeof(PackedScores)}, [](const auto& arguments) {
                                  AuditedPairs pairs;
                                  PackedScores scores;
                                  std::memcpy(&pairs, arguments[0].data(), sizeof pairs);
                                  std::memcpy(&scores, arguments[1].data(), sizeof scores);
                                  fused_kernel<kAuditedTextSymbols>(pairs, scores);
                                }});
  }

  template <CodeChoice kChoice = CodeChoice::kKeptOnDisk>
  KernelCacheCounters in_new_process() {
    return KeptFilesTest::in_new_process<Small<FusedCode<kChoice>, AuditedAxes>>([](const PairVariant& variant) {
      return dynamic_cast<const FusedAtRunTime&>(variant.rung()).code().counters();
    });
  }
  // The only one.
  [[nodiscard]] fs::path file() const { return fs::directory_iterator(folder / "gpu-kernels")->path(); }

  fake::Runtime runtime{emulated_options(41)};
};

TEST_F(KernelOnDiskTest, NextProcess_LoadsWhatTheFirstCompiled) {
  EXPECT_EQ(in_new_process().compilations, 1U);
  const KernelCacheCounters next = in_new_process();
  EXPECT_EQ(next.compilations, 0U);
  EXPECT_EQ(next.disk_hits, 1U);
  EXPECT_EQ(host.cache(), std::pair(2UL, 1UL));
  EXPECT_EQ(folder.names(), std::vector<std::string>{"gpu-kernels"});
}

TEST_F(KernelOnDiskTest, SameProcess_LooksIntoItsMemoryFirst) {
  test::Instance<Small<FusedCode<CodeChoice::kKeptOnDisk>, AuditedAxes>> instance(host, "90");
  for (int i = 0; i < 3; ++i) instance.answer(left, right);
  const auto counters = dynamic_cast<const FusedAtRunTime&>(instance.variant().rung()).code().counters();
  EXPECT_EQ(counters.compilations, 1U);
  EXPECT_EQ(counters.memory_hits, 2U);
  EXPECT_EQ(host.cache(), std::pair(3UL, 2UL));
}

TEST_F(KernelOnDiskTest, ReadEachTime_IsCompiledOnceAndReadInEveryPrepare) {
  test::Instance<Small<FusedCode<CodeChoice::kReadEachTime>, AuditedAxes>> instance(host, "90");
  for (int i = 0; i < 3; ++i) {
    instance.answer(left, right);
    const auto counters = dynamic_cast<const FusedAtRunTime&>(instance.variant().rung()).code().counters();
    EXPECT_EQ(counters.compilations, i == 0 ? 1U : 0U);
    EXPECT_EQ(counters.disk_hits, i == 0 ? 0U : 1U);
    EXPECT_EQ(counters.memory_hits, 0U);
  }
  EXPECT_EQ(host.cache(), std::pair(3UL, 2UL));
}

TEST_F(KernelOnDiskTest, KeptInMemoryAlone_WritesNothing) {
  in_new_process<CodeChoice::kKept>();
  in_new_process<CodeChoice::kCompiledEachTime>();
  EXPECT_TRUE(folder.names().empty());
}

TEST_F(KernelOnDiskTest, DamagedFile_IsCompiledAndWrittenAnew) {
  EXPECT_EQ(in_new_process().compilations, 1U);
  const std::string image = text_of(file());
  std::string flipped = image;
  flipped[image.size() - 2000] ^= 1;  // of the machine code, behind the key
  for (const std::string& bad : {std::string(), image.substr(0, image.size() / 2), flipped}) {
    std::ofstream(file(), std::ios::binary) << bad;
    EXPECT_EQ(in_new_process().compilations, 1U);
    EXPECT_EQ(in_new_process().disk_hits, 1U);
  }
}

TEST_F(KernelOnDiskTest, FolderThatCannotBe_CostsACompilationEachTime) {
  const test::CountingHost without((folder.write("a file", "") / "below").string());
  for (int i = 0; i < 2; ++i) {
    test::Instance<Small<FusedCode<CodeChoice::kKeptOnDisk>, AuditedAxes>> instance(without, "90");
    EXPECT_EQ(instance.answer(left, right), test::answer<OnCpu>(left, right, "90", cpu));
    EXPECT_EQ(dynamic_cast<const FusedAtRunTime&>(instance.variant().rung()).code().counters().compilations, 1U);
  }
}

}  // namespace
}  // namespace assay::gpu
