// Ranges as a profiler sees them: through a library that NVTX loads.
#include "matcher/gpu/device/profile_range.hpp"

#include <gmock/gmock.h>

#include <cstdlib>

#include "matcher/gpu/device/dynamic_library.hpp"

namespace matcher::gpu {
namespace {

TEST(ProfileRange, Ranges_AreSeenWithVariantAndStageAndNest) {
  if (!kHasProfileRanges) GTEST_SKIP() << "built without NVTX 3";
  ASSERT_EQ(::setenv("NVTX_INJECTION64_PATH", NVTX_RECORDER, 1), 0);  // read at the first range of the process
  {
    const ProfileRange score("gpu.block", "score");
    const ProfileRange upload("gpu.block", "upload");
  }
  const std::vector<std::string> names = {NVTX_RECORDER};
  const auto library = DynamicLibrary::open(names);
  ASSERT_TRUE(library) << library.error().message;
  const char* (*recorded)() = nullptr;
  ASSERT_TRUE(library->find("recorded_ranges", recorded));
  EXPECT_STREQ(recorded(), "domain assay\npush gpu.block/score\npush gpu.block/upload\npop\npop\n");
}

}  // namespace
}  // namespace matcher::gpu
