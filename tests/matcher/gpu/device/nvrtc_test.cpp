// The real run-time compiler, which needs no GPU; skipped where it is not installed.
#include "matcher/gpu/device/nvrtc.hpp"

#include <gmock/gmock.h>

#include "matcher/gpu/device/kernel_cache.hpp"

namespace matcher::gpu {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

#define OPEN_OR_SKIP(nvrtc)   \
  auto nvrtc = Nvrtc::open(); \
  if (!nvrtc) GTEST_SKIP() << "no run-time compiler: " << nvrtc.error().message

KernelSource scaling() {
  KernelSource source;
  source.name = "scaling.cu";
  source.text = R"(
#include "factor.hpp"
template <int N> __global__ void scale(float* values, int count) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < count) values[i] = values[i] * N + kFactor;
})";
  source.headers["factor.hpp"] = "constexpr float kFactor = 2;";
  source.expressions = {"scale<3>", "scale<4>"};
  source.options = {"--std=c++17", "--fmad=false"};
  return source;
}

TEST(Nvrtc, MissingLibrary_SaysSo) {
  const auto nvrtc = Nvrtc::open({"libnvrtc-that-is-not-there.so"});
  ASSERT_FALSE(nvrtc);
  EXPECT_THAT(nvrtc.error().message, AllOf(HasSubstr("libnvrtc-that-is-not-there.so"), HasSubstr("install")));
}

TEST(Nvrtc, LibraryOfAnotherKind_NamesTheMissingFunction) {
  const auto nvrtc = Nvrtc::open({"libm.so.6"});
  ASSERT_FALSE(nvrtc);
  EXPECT_THAT(nvrtc.error().message, HasSubstr("libm.so.6 has no function 'nvrtcVersion'"));
}

TEST(Nvrtc, MachineCode_IsAnElfWithALoweredNamePerExpression) {
  OPEN_OR_SKIP(nvrtc);
  EXPECT_GE(nvrtc->version(), 12000);
  const auto compiled = nvrtc->compile(scaling());
  ASSERT_TRUE(compiled) << compiled.error().message;
  EXPECT_THAT(compiled->image, StartsWith("\x7f"
                                          "ELF"));
  EXPECT_EQ(compiled->lowered_names.at("scale<3>"), "_Z5scaleILi3EEvPfi");
  EXPECT_EQ(compiled->lowered_names.size(), 2u);
}

TEST(Nvrtc, VirtualArchitecture_GivesPtxWithoutContraction) {
  OPEN_OR_SKIP(nvrtc);
  KernelSource source = scaling();
  source.architecture = "compute_90";
  EXPECT_THAT(nvrtc->compile(source).value().image, AllOf(HasSubstr(".target sm_90"), Not(HasSubstr("fma.rn"))));
  source.options = {"--std=c++17"};
  EXPECT_THAT(nvrtc->compile(source).value().image, HasSubstr("fma.rn"));
}

TEST(Nvrtc, WrongSource_ShowsTheFirstErrorLine) {
  OPEN_OR_SKIP(nvrtc);
  KernelSource source = scaling();
  source.text += "\n__global__ void broken() { return undeclared; }";
  const auto compiled = nvrtc->compile(source);
  ASSERT_FALSE(compiled);
  EXPECT_THAT(compiled.error().message, AllOf(HasSubstr("scaling.cu(7): error"), HasSubstr("undeclared")));
}

TEST(Nvrtc, ThroughTheCache_IsCompiledOnce) {
  OPEN_OR_SKIP(nvrtc);
  KernelCache kernels([&](const KernelSource& source) { return nvrtc->compile(source); }, nvrtc->version(), 4,
                      std::nullopt);
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(kernels.get(scaling()));
  const KernelCacheCounters counters = kernels.counters();
  EXPECT_EQ(counters.compilations, 1u);
  EXPECT_EQ(counters.memory_hits, 99u);
  EXPECT_LT(counters.memory_hit_time, counters.compile_time);
}

}  // namespace
}  // namespace matcher::gpu
