// A trace that cannot be recorded says why and does not begin; the rest needs a GPU.
#include "matcher/gpu/device/record/trace.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "matcher/gpu/device/dynamic_library.hpp"

namespace matcher::gpu {
namespace {

TEST(Trace, WithoutDriver_SaysWhyAndDoesNotDoTheWork) {
  if (DynamicLibrary::open(std::vector<std::string>{"libcuda.so.1"})) GTEST_SKIP() << "this machine has a driver";
  const std::string path = std::string(ASSAY_BINARY_DIR) + "/trace-that-cannot-be.json";
  std::filesystem::remove(path);
  bool worked = false;
  const Status written = write_trace(path, "test", [&] {
    worked = true;
    return Status();
  });
  ASSERT_FALSE(written);
  EXPECT_FALSE(written.error().message.empty());
  EXPECT_FALSE(worked);
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace matcher::gpu
