// CUPTI's records as activities, and what loading it says. Recording itself needs a GPU and is not tested here.
#include "matcher/gpu/device/cupti_recorder.hpp"

#include <gmock/gmock.h>

#include "matcher/gpu/device/dynamic_library.hpp"

#if ASSAY_HAS_CUPTI
#include <cupti.h>
#endif

namespace matcher::gpu {
namespace {

using ::testing::HasSubstr;

TEST(CuptiRecorder, MissingLibrary_SaysSo) {
  const auto recorder = CuptiRecorder::open({"libcupti-that-is-not-there.so"});
  ASSERT_FALSE(recorder);
}

TEST(CuptiRecorder, WithoutDriver_OpensButDoesNotStart) {
  if (!ASSAY_HAS_CUPTI) GTEST_SKIP() << "built without CUPTI";
  auto recorder = CuptiRecorder::open();
  if (!DynamicLibrary::open(cupti_library_names())) GTEST_SKIP() << "no CUPTI";
  ASSERT_TRUE(recorder) << recorder.error().message;
  EXPECT_GT(recorder->version(), 0u);
  EXPECT_THAT(CuptiRecorder::open().error().message, HasSubstr("another CUPTI recorder"));
  if (const Status started = recorder->start(); !started) {
    EXPECT_THAT(started.error().message, HasSubstr("cuptiActivityEnable"));
  } else {
    EXPECT_TRUE(recorder->stop());  // a machine with a driver
  }
}

TEST(CuptiRecorder, ClosedRecorder_MakesRoomForAnother) {
  if (!ASSAY_HAS_CUPTI || !DynamicLibrary::open(cupti_library_names())) GTEST_SKIP() << "no CUPTI";
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(CuptiRecorder::open());
}

#if ASSAY_HAS_CUPTI
TEST(CuptiRecorder, Kernel_IsTranslated) {
  CUpti_ActivityKernel10 record{};
  record.kind = CUPTI_ACTIVITY_KIND_CONCURRENT_KERNEL;
  record.name = "block";
  record.start = 10;
  record.end = 30;
  record.streamId = 7;
  record.registersPerThread = 39;
  record.gridX = 132;
  record.gridY = 2;
  record.gridZ = 1;
  record.blockX = 256;
  record.blockY = record.blockZ = 1;
  record.graphId = 5;
  const Activity activity = activity_of(&record).value();
  EXPECT_EQ(activity.kind, ActivityKind::kKernel);
  EXPECT_EQ(activity.name, "block");
  EXPECT_EQ(activity.end_ns - activity.begin_ns, 20u);
  EXPECT_EQ(activity.blocks, 264u);
  EXPECT_EQ(activity.block_threads, 256u);
  EXPECT_EQ(activity.graph, 5u);
}

TEST(CuptiRecorder, Copy_SaysWhetherItsHostMemoryWasPageable) {
  CUpti_ActivityMemcpy6 record{};
  record.kind = CUPTI_ACTIVITY_KIND_MEMCPY;
  record.copyKind = CUPTI_ACTIVITY_MEMCPY_KIND_HTOD;
  record.srcKind = CUPTI_ACTIVITY_MEMORY_KIND_PAGEABLE;
  record.dstKind = CUPTI_ACTIVITY_MEMORY_KIND_DEVICE;
  record.bytes = 99;
  EXPECT_EQ(activity_of(&record)->kind, ActivityKind::kUpload);
  EXPECT_EQ(activity_of(&record)->host, HostMemoryKind::kPageable);
  record.copyKind = CUPTI_ACTIVITY_MEMCPY_KIND_DTOH;
  record.srcKind = CUPTI_ACTIVITY_MEMORY_KIND_DEVICE;
  record.dstKind = CUPTI_ACTIVITY_MEMORY_KIND_PINNED;
  EXPECT_EQ(activity_of(&record)->kind, ActivityKind::kDownload);
  EXPECT_EQ(activity_of(&record)->host, HostMemoryKind::kPinned);
  EXPECT_EQ(activity_of(&record)->bytes, 99u);
}

TEST(CuptiRecorder, MemoryOperations_AreMoments) {
  CUpti_ActivityMemory4 record{};
  record.kind = CUPTI_ACTIVITY_KIND_MEMORY2;
  record.memoryOperationType = CUPTI_ACTIVITY_MEMORY_OPERATION_TYPE_ALLOCATION;
  record.timestamp = 77;
  record.bytes = 4096;
  EXPECT_EQ(activity_of(&record)->kind, ActivityKind::kAllocation);
  EXPECT_EQ(activity_of(&record)->begin_ns, 77u);
  record.memoryOperationType = CUPTI_ACTIVITY_MEMORY_OPERATION_TYPE_RELEASE;
  EXPECT_EQ(activity_of(&record)->kind, ActivityKind::kRelease);
  record.kind = CUPTI_ACTIVITY_KIND_DRIVER;
  EXPECT_EQ(activity_of(&record), std::nullopt);
}
#endif

}  // namespace
}  // namespace matcher::gpu
