// The fake runtime itself: what it must show when code under test forgets to wait, and that it counts exactly.
#include "tests/matcher/gpu/device/fake_runtime.hpp"

#include <gmock/gmock.h>

#include <array>
#include <functional>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "matcher/gpu/device/launch.hpp"
#include "matcher/gpu/device/resources.hpp"

namespace matcher::gpu::fake {
namespace {

using Numbers = std::vector<std::int32_t>;

void twice(const std::int32_t* in, std::int32_t* out, std::size_t count) {
  const std::size_t i = current_thread().index();
  if (i < count) out[i] = 2 * in[i];
}

class FakeRuntime : public ::testing::Test {
 protected:
  void SetUp() override {
    stream = create_stream(tracker, "stream").value();
    device = allocate_device(tracker, bytes, "device").value();
    pinned = allocate_pinned(tracker, bytes, "pinned").value();
    host = static_cast<std::int32_t*>(pinned.get());
    std::iota(host, host + kCount, 1);
  }
  [[nodiscard]] std::int32_t* numbers() const { return static_cast<std::int32_t*>(device.get()); }
  void upload() {
    ASSERT_EQ(cudaMemcpyAsync(device.get(), host, bytes, cudaMemcpyHostToDevice, stream.get()), cudaSuccess);
  }
  void download(void* to) {
    ASSERT_EQ(cudaMemcpyAsync(to, device.get(), bytes, cudaMemcpyDeviceToHost, stream.get()), cudaSuccess);
  }
  void double_in_place() {
    ASSERT_EQ(launch({dim3(2), dim3(8)}, stream.get(), twice, numbers(), numbers(), kCount), cudaSuccess);
  }

  static constexpr std::size_t kCount = 10;
  static constexpr std::size_t bytes = kCount * sizeof(std::int32_t);
  Runtime runtime{{.progress = 0}};
  ResourceTracker tracker;
  Stream stream;
  DeviceMemory device;
  PinnedMemory pinned;
  std::int32_t* host = nullptr;
};

void fail_on_purpose() {
  throw std::runtime_error("a kernel failed on purpose");
}

// Two are queued: the second must not throw from the destructors that the first one's exception runs.
TEST_F(FakeRuntime, KernelThatThrows_ReachesTheTestAndLosesTheDevice) {
  const auto run = [this] {
    const DeviceMemory memory = allocate_device(tracker, bytes, "of the job").value();
    for (int i = 0; i < 2; ++i) ASSERT_EQ(launch({dim3(1), dim3(1)}, stream.get(), fail_on_purpose), cudaSuccess);
    EXPECT_EQ(cudaStreamSynchronize(stream.get()), cudaErrorUnknown) << "never comes back";
  };
  EXPECT_THROW(run(), std::runtime_error);
  EXPECT_EQ(cudaStreamSynchronize(stream.get()), cudaErrorLaunchFailure);
  EXPECT_EQ(runtime.queued(), 0U);
}

// A kernel that sleeps does not stop the copies of another stream, nor let those behind it in its own go first.
TEST_F(FakeRuntime, WhileAKernelSleeps_CopiesOfOtherStreamsGoOn) {
  const Stream other = create_stream(tracker, "other").value();
  std::vector<std::size_t> copies_run;
  runtime.options.kernel_runner = [&](const LaunchShape&, const std::function<void()>&) {
    for (int i = 0; i < 3; ++i) {
      runtime.device.let_copy_run();
      copies_run.push_back(runtime.records().copies_run);
    }
  };
  double_in_place();
  download(host);
  ASSERT_EQ(cudaMemcpyAsync(device.get(), host, bytes, cudaMemcpyHostToDevice, other.get()), cudaSuccess);
  double_in_place();
  ASSERT_EQ(cudaStreamSynchronize(stream.get()), cudaSuccess);
  EXPECT_EQ(copies_run, (std::vector<std::size_t>{1, 1, 1, 2, 2, 2}));
}

TEST_F(FakeRuntime, PinnedDownload_BeforeSynchronization_HasNotHappened) {
  upload();
  double_in_place();
  download(host);
  EXPECT_EQ(host[3], 4);
  ASSERT_EQ(cudaStreamSynchronize(stream.get()), cudaSuccess);
  EXPECT_EQ(host[3], 8);
}

TEST_F(FakeRuntime, PinnedUpload_OfMemoryChangedTooEarly_TakesTheNewContent) {
  upload();
  host[0] = 77;
  Numbers answer(kCount);
  download(answer.data());  // pageable: waits
  EXPECT_EQ(answer[0], 77);
}

TEST_F(FakeRuntime, PageableUpload_IsStagedAtOnce) {
  Numbers source(kCount, 5);
  ASSERT_EQ(cudaMemcpyAsync(device.get(), source.data(), bytes, cudaMemcpyHostToDevice, stream.get()), cudaSuccess);
  source.assign(kCount, 6);
  Numbers answer(kCount);
  download(answer.data());
  EXPECT_EQ(answer[9], 5);
  EXPECT_EQ(runtime.copies(cudaMemcpyHostToDevice, HostKind::kPageable), 1u);
}

TEST_F(FakeRuntime, OtherStream_WaitsForAnEventOnlyWhenToldTo) {
  Stream second = create_stream(tracker, "second").value();
  Event event = create_event(tracker, EventUse::kPolling, "event").value();
  upload();
  double_in_place();
  ASSERT_EQ(cudaEventRecord(event.get(), stream.get()), cudaSuccess);
  ASSERT_EQ(cudaStreamWaitEvent(second.get(), event.get(), 0), cudaSuccess);
  ASSERT_EQ(cudaMemcpyAsync(host, device.get(), bytes, cudaMemcpyDeviceToHost, second.get()), cudaSuccess);
  ASSERT_EQ(cudaStreamSynchronize(second.get()), cudaSuccess);
  EXPECT_EQ(host[3], 8);
}

TEST_F(FakeRuntime, EventQuery_EndsWithSuccess) {
  Event event = create_event(tracker, EventUse::kPolling, "event").value();
  upload();
  ASSERT_EQ(cudaEventRecord(event.get(), stream.get()), cudaSuccess);
  int polls = 1;
  while (cudaEventQuery(event.get()) == cudaErrorNotReady) ++polls;
  EXPECT_EQ(polls, 2);  // the copy, then the mark
}

TEST_F(FakeRuntime, FourLaunches_InAGraph_AreOneCall) {
  ASSERT_EQ(cudaStreamBeginCapture(stream.get(), cudaStreamCaptureModeThreadLocal), cudaSuccess);
  upload();
  for (int i = 0; i < 4; ++i) double_in_place();
  download(host);
  const Graph graph = end_capture(tracker, stream.get(), "graph").value();
  const ExecutableGraph executable = instantiate(tracker, graph.get(), "graph").value();
  EXPECT_EQ(host[0], 1);
  ASSERT_EQ(cudaGraphLaunch(executable.get(), stream.get()), cudaSuccess);
  ASSERT_EQ(cudaGraphLaunch(executable.get(), stream.get()), cudaSuccess);
  ASSERT_EQ(cudaStreamSynchronize(stream.get()), cudaSuccess);
  EXPECT_EQ(host[0], 256);
  EXPECT_EQ(runtime.count("cudaLaunchKernel"), 4u);
  EXPECT_EQ(runtime.count("cudaGraphLaunch"), 2u);
  EXPECT_EQ(runtime.records().kernels_run, 8u);
}

TEST_F(FakeRuntime, Capture_WithSynchronization_IsInvalid) {
  ASSERT_EQ(cudaStreamBeginCapture(stream.get(), cudaStreamCaptureModeThreadLocal), cudaSuccess);
  EXPECT_EQ(cudaStreamSynchronize(stream.get()), cudaErrorStreamCaptureUnsupported);
  EXPECT_FALSE(end_capture(tracker, stream.get(), "graph"));
}

TEST_F(FakeRuntime, Fault_ByNameAndOccurrence_HitsThatCallOnly) {
  runtime.inject({.name = "cudaMalloc", .occurrence = 3, .code = cudaErrorUnknown});  // the first was in SetUp
  EXPECT_TRUE(allocate_device(tracker, 1, "second"));
  EXPECT_FALSE(allocate_device(tracker, 1, "third"));
  EXPECT_TRUE(allocate_device(tracker, 1, "fourth"));
}

TEST_F(FakeRuntime, LostDevice_FailsEveryLaterCall) {
  runtime.inject({.name = "cudaStreamSynchronize", .code = cudaErrorECCUncorrectable, .lose_device = true});
  upload();
  EXPECT_EQ(cudaStreamSynchronize(stream.get()), cudaErrorECCUncorrectable);
  EXPECT_EQ(runtime.queued(), 0u);
  EXPECT_EQ(cudaStreamQuery(stream.get()), cudaErrorECCUncorrectable);
  EXPECT_EQ(device.close().error().failure, DeviceFailure::kDeviceLost);
}

TEST_F(FakeRuntime, Copy_BeyondTheBlock_IsRefused) {
  EXPECT_EQ(cudaMemcpyAsync(device.get(), host, bytes + 1, cudaMemcpyHostToDevice, stream.get()),
            cudaErrorInvalidValue);
}

TEST_F(FakeRuntime, LibraryKernel_GetsCopiesOfItsArguments) {
  std::array<std::int32_t, 1> seen{};
  runtime.add_library_kernel("store", {{sizeof(std::int32_t)}, [&](const auto& arguments) {
                                         std::memcpy(seen.data(), arguments[0].data(), sizeof seen);
                                       }});
  const Library library = load_library(tracker, "an image", "library").value();
  const cudaKernel_t kernel = find_kernel(library, "store").value();
  std::int32_t value = 9;
  void* arguments[] = {&value};
  ASSERT_EQ(cudaLaunchKernel(kernel, dim3(1), dim3(1), arguments, 0, stream.get()), cudaSuccess);
  value = 10;
  ASSERT_EQ(cudaDeviceSynchronize(), cudaSuccess);
  EXPECT_EQ(seen[0], 9);
  EXPECT_FALSE(find_kernel(library, "another"));
}

}  // namespace
}  // namespace matcher::gpu::fake
