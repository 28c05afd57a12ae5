// Axis "code" without a GPU: NVRTC compiles every specialisation there is, which needs no device, and the launches of
// what it made reach the emulated kernel of the same length.
#include <gtest/gtest.h>

#include <cstring>
#include <set>
#include <string>

#include "matcher/gpu/device/nvrtc.hpp"
#include "matcher/gpu/kernels/fused.cuh"
#include "plugins/gpu/fused_at_run_time.hpp"
#include "tests/plugins/gpu/emulated_variant.hpp"

namespace assay::gpu {
namespace {

using namespace matcher::gpu;

template <CodeChoice kChoice>
using Coded = Small<FusedCode<kChoice>, AuditedAxes>;

class CodeAxisTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = Nvrtc::open();
    if (!opened) GTEST_SKIP() << "no run-time compiler: " << opened.error().message;
    nvrtc.emplace(std::move(*opened));
  }

  // Compiles the kernel, and lets the fake runtime find its twin by the name that NVRTC gave it.
  template <std::uint32_t kLongest>
  void add(fake::Runtime& runtime) {
    const KernelSource source = fused_source(kLongest);
    const auto compiled = nvrtc->compile(source);
    ASSERT_TRUE(compiled) << compiled.error().message;
    EXPECT_GT(compiled->image.size(), 1000U);
    const std::string name = compiled->lowered_names.at(source.expressions.front());
    EXPECT_TRUE(names.insert(name).second) << name;
    runtime.add_library_kernel(name, {{sizeof(AuditedPairs), sizeof(PackedScores)}, [this](const auto& arguments) {
                                        AuditedPairs pairs;
                                        PackedScores scores;
                                        std::memcpy(&pairs, arguments[0].data(), sizeof pairs);
                                        std::memcpy(&scores, arguments[1].data(), sizeof scores);
                                        launched.insert(kLongest);
                                        fused_kernel<kLongest>(pairs, scores);
                                      }});
  }
  void add_all(fake::Runtime& runtime) {
    add<8>(runtime);
    add<16>(runtime);
    add<24>(runtime);
    add<32>(runtime);
    add<40>(runtime);
    add<48>(runtime);
    add<56>(runtime);
    add<64>(runtime);
  }

  std::optional<Nvrtc> nvrtc;
  std::set<std::string> names;
  std::set<std::uint32_t> launched;  // lengths that kernels were made for
  test::CountingHost host, cpu;
};

TEST_F(CodeAxisTest, EveryChoice_ScoresAsTheCpu) {
  const test::PeopleTable left("left", test::random_people(50, 12));
  const test::PeopleTable right("right", test::random_people(50, 12));
  const test::Scores expected = test::answer<OnCpu>(left, right, "70", cpu);
  fake::Runtime runtime(emulated_options(12));
  add_all(runtime);
  EXPECT_EQ(test::answer<Coded<CodeChoice::kCompiledEachTime>>(left, right, "70", host), expected);
  EXPECT_EQ(test::answer<Coded<CodeChoice::kKept>>(left, right, "70", host), expected);
  EXPECT_EQ(launched, std::set<std::uint32_t>{64});
  EXPECT_EQ(test::answer<Coded<CodeChoice::kSpecialised>>(left, right, "70", host), expected);
  EXPECT_EQ(test::answer<Coded<CodeChoice::kKeptOnDisk>>(left, right, "70", host), expected) << "of no folder";
  EXPECT_EQ(test::answer<Coded<CodeChoice::kReadEachTime>>(left, right, "70", host), expected) << "of no folder";
  EXPECT_EQ(runtime.live(), 0U) << runtime.live_text();
}

TEST_F(CodeAxisTest, Specialised_UsesTheKernelForTheLongestName) {
  const test::PeopleTable left("left", {{"anna", "lee", 1}, {"bo", "ng", 1}});
  const test::PeopleTable right("right", {{"anna", "leeds", 1}, {std::string(70, 'x'), "too long", 1}});
  fake::Runtime runtime(emulated_options(13));
  add_all(runtime);
  EXPECT_EQ(test::answer<Coded<CodeChoice::kSpecialised>>(left, right, "50", host),
            test::answer<OnCpu>(left, right, "50", cpu));
  EXPECT_EQ(launched, std::set<std::uint32_t>{16}) << "'anna leeds' has 10 symbols";
}

TEST(SpecialisedLength, OfEachLength_HoldsItAndIsAMultipleOfEight) {
  for (std::size_t symbols = 0; symbols <= 64; ++symbols) {
    const std::size_t length = specialised_length(symbols);
    EXPECT_GE(length, symbols);
    EXPECT_LT(length, symbols + 9);
    EXPECT_EQ(length % 8, 0U);
    EXPECT_GT(length, 0U);
  }
}

TEST_F(CodeAxisTest, Kept_CompilesOnceForAllDataSets) {
  const test::PeopleTable left("left", test::random_people(20, 14));
  const test::PeopleTable right("right", test::random_people(20, 14));
  fake::Runtime runtime(emulated_options(14));
  add_all(runtime);
  test::Instance<Coded<CodeChoice::kKept>> kept(host, "90");
  test::Instance<Coded<CodeChoice::kCompiledEachTime>> each(host, "90");
  for (int i = 0; i < 3; ++i) {
    kept.answer(left, right);
    each.answer(left, right);
  }
  const auto counters = [](const PairVariant& variant) {
    return dynamic_cast<const FusedAtRunTime&>(variant.rung()).code().counters();
  };
  EXPECT_EQ(counters(kept.variant()).compilations, 1U);
  EXPECT_EQ(counters(kept.variant()).memory_hits, 2U);
  EXPECT_EQ(counters(each.variant()).compilations, 1U) << "of the last data set";
  EXPECT_EQ(counters(each.variant()).memory_hits, 0U);
  EXPECT_EQ(host.cache(), std::pair(3UL, 2UL)) << "of the one that keeps something";
}

}  // namespace
}  // namespace assay::gpu
