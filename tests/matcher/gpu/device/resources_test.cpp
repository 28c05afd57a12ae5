// Owners release exactly once and the tracker knows all of them.
#include "matcher/gpu/device/resources.hpp"

#include <gmock/gmock.h>

#include <utility>

#include "tests/matcher/gpu/device/fake_runtime.hpp"

namespace matcher::gpu {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// One of each kind, in an order in which they can be released.
DeviceStatus acquire_everything(ResourceTracker& tracker, fake::Runtime& runtime) {
  runtime.add_library_kernel("kernel", {});
  auto stream = create_stream(tracker, "stream");
  if (!stream) return hand_on(stream);
  const cudaStream_t in = stream->get();
  auto event = create_event(tracker, EventUse::kTiming, "event");
  if (!event) return hand_on(event);
  auto device = allocate_device(tracker, 100, "device");
  if (!device) return hand_on(device);
  auto ordered = allocate_ordered(tracker, 200, in, "ordered");
  if (!ordered) return hand_on(ordered);
  auto pinned = allocate_pinned(tracker, 300, "pinned");
  if (!pinned) return hand_on(pinned);
  std::vector<std::byte> memory(400);
  auto registered = register_host(tracker, memory, "registered");
  if (!registered) return hand_on(registered);
  DeviceStatus status = check("cudaStreamBeginCapture", cudaStreamBeginCapture(in, cudaStreamCaptureModeThreadLocal));
  if (!status) return status;
  auto graph = end_capture(tracker, in, "graph");
  if (!graph) return hand_on(graph);
  auto executable = instantiate(tracker, graph->get(), "executable");
  if (!executable) return hand_on(executable);
  auto library = load_library(tracker, "image", "library");
  if (!library) return hand_on(library);
  const auto kernel = find_kernel(*library, "kernel");
  if (!kernel) return tl::unexpected<DeviceError>(kernel.error());
  EXPECT_THAT(tracker.live(), SizeIs(9));
  return {};
}

TEST(Resources, Everything_AtTheEnd_IsReleased) {
  fake::Runtime runtime;
  ResourceTracker tracker;
  ASSERT_TRUE(acquire_everything(tracker, runtime));
  EXPECT_THAT(tracker.live(), IsEmpty());
  EXPECT_EQ(runtime.live(), 0u) << runtime.live_text();
  EXPECT_EQ(tracker.totals(ResourceKind::kPinnedMemory).peak_bytes, 300u);
  EXPECT_EQ(tracker.totals(ResourceKind::kPinnedMemory).live_bytes, 0u);
}

TEST(Resources, AnyCallFails_NothingIsLostUnreported) {
  std::size_t calls = 0;
  {
    fake::Runtime runtime;
    ResourceTracker tracker;
    ASSERT_TRUE(acquire_everything(tracker, runtime));
    calls = runtime.counted_calls();
  }
  ASSERT_GT(calls, 18u);
  for (std::size_t n = 1; n <= calls; ++n) {
    fake::Runtime runtime({.seed = n});
    runtime.inject({.call = n, .code = cudaErrorUnknown});
    ResourceTracker tracker;
    static_cast<void>(acquire_everything(tracker, runtime));
    EXPECT_THAT(tracker.live(), IsEmpty()) << n;
    EXPECT_EQ(runtime.live(), tracker.failed_releases().size()) << n << ": " << runtime.live_text();
  }
}

TEST(Resources, DeviceLostAtAnyCall_IsReportedForEveryResource) {
  for (std::size_t n = 1; n <= 20; ++n) {
    fake::Runtime runtime;
    runtime.inject({.call = n, .code = cudaErrorECCUncorrectable, .lose_device = true});
    ResourceTracker tracker;
    static_cast<void>(acquire_everything(tracker, runtime));
    EXPECT_THAT(tracker.live(), IsEmpty()) << n;
    EXPECT_EQ(runtime.live(), tracker.failed_releases().size()) << n << ": " << runtime.live_text();
  }
}

TEST(Resources, MovedOwner_ReleasesOnce) {
  fake::Runtime runtime;
  ResourceTracker tracker;
  {
    DeviceMemory first = allocate_device(tracker, 10, "first").value();
    DeviceMemory second = allocate_device(tracker, 20, "second").value();
    second = std::move(first);
    EXPECT_FALSE(first);  // NOLINT: moved from on purpose
    EXPECT_EQ(runtime.device_memory.used(), 10u);
    DeviceMemory& same = second;
    second = std::move(same);
    EXPECT_TRUE(second);
  }
  EXPECT_EQ(runtime.count("cudaFree"), 2u);
  EXPECT_EQ(runtime.live(), 0u);
}

TEST(Resources, LiveResource_IsListedWithLabelAndPlace) {
  fake::Runtime runtime;
  ResourceTracker tracker;
  const int line = __LINE__ + 1;
  const DeviceMemory memory = allocate_device(tracker, 123, "names of the left table").value();
  EXPECT_THAT(tracker.leak_report(), AllOf(HasSubstr("device memory 'names of the left table', 123 bytes, from"),
                                           HasSubstr("resources_test.cpp:" + std::to_string(line))));
}

TEST(Resources, FailedRelease_IsListed) {
  fake::Runtime runtime;
  ResourceTracker tracker;
  runtime.inject({.name = "cudaFree", .code = cudaErrorUnknown});
  static_cast<void>(allocate_device(tracker, 1, "lost"));
  EXPECT_THAT(tracker.leak_report(), AllOf(HasSubstr("not released: device memory 'lost'"), HasSubstr("cudaFree at")));
}

}  // namespace
}  // namespace matcher::gpu
