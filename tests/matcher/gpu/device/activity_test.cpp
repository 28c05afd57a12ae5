// Sums, overlap and the trace of made-up activities.
#include "matcher/gpu/device/activity.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <vector>

namespace matcher::gpu {
namespace {

// Upload 0-100, kernel 100-200 on stream 1; upload 100-180, kernel 150-300 on stream 2; download 300-350.
std::vector<Activity> two_streams() {
  return {{.kind = ActivityKind::kUpload,
           .name = {},
           .begin_ns = 1000,
           .end_ns = 1100,
           .stream = 1,
           .bytes = 64,
           .host = HostMemoryKind::kPinned},
          {.kind = ActivityKind::kKernel,
           .name = "score<\"a\\b\">",
           .begin_ns = 1100,
           .end_ns = 1200,
           .stream = 1,
           .registers = 39,
           .blocks = 132,
           .block_threads = 256},
          {.kind = ActivityKind::kUpload,
           .name = {},
           .begin_ns = 1100,
           .end_ns = 1180,
           .stream = 2,
           .bytes = 64,
           .host = HostMemoryKind::kPageable},
          {.kind = ActivityKind::kAllocation, .name = {}, .begin_ns = 900, .end_ns = 900, .stream = 2, .bytes = 512},
          {.kind = ActivityKind::kKernel, .name = "score", .begin_ns = 1150, .end_ns = 1300, .stream = 2},
          {.kind = ActivityKind::kDownload,
           .name = {},
           .begin_ns = 1300,
           .end_ns = 1350,
           .stream = 2,
           .bytes = 32,
           .host = HostMemoryKind::kPinned},
          {.kind = ActivityKind::kRelease, .name = {}, .begin_ns = 1400, .end_ns = 1400, .stream = 2, .bytes = 512}};
}

TEST(Activity, Totals_AreSumsUnionAndSpan) {
  const ActivityTotals totals = totals_of(two_streams());
  EXPECT_EQ(totals.kernels, 2u);
  EXPECT_EQ(totals.kernel_ns, 250u);
  EXPECT_EQ(totals.kernel_union_ns, 200u);
  EXPECT_EQ(totals.uploads, 2u);
  EXPECT_EQ(totals.upload_bytes, 128u);
  EXPECT_EQ(totals.upload_ns, 180u);
  EXPECT_EQ(totals.downloads, 1u);
  EXPECT_EQ(totals.download_bytes, 32u);
  EXPECT_EQ(totals.pinned_copies, 2u);
  EXPECT_EQ(totals.pageable_copies, 1u);
  EXPECT_EQ(totals.allocations, 1u);
  EXPECT_EQ(totals.releases, 1u);
  EXPECT_EQ(totals.span_ns, 350u);
  EXPECT_DOUBLE_EQ(totals.overlap().value(), 1 - 350.0 / 480.0);
}

TEST(Activity, KernelInsideAnother_AddsNothingToTheUnion) {
  std::vector<Activity> kernels(3);
  kernels[0].end_ns = 100;
  kernels[1].begin_ns = 10;
  kernels[1].end_ns = 20;
  kernels[2].begin_ns = 90;
  kernels[2].end_ns = 110;
  EXPECT_EQ(totals_of(kernels).kernel_union_ns, 110u);
}

TEST(Activity, Nothing_HasNoOverlap) {
  EXPECT_EQ(totals_of({}).overlap(), std::nullopt);
  EXPECT_EQ(totals_of({}).span_ns, 0u);
}

TEST(ChromeTrace, IsJsonWithARowPerStream) {
  const auto trace = nlohmann::json::parse(chrome_trace(two_streams(), "assay \"gpu\""));
  const auto& events = trace.at("traceEvents");
  ASSERT_EQ(events.size(), 1u + 2 + 7);
  EXPECT_EQ(events[0].at("args").at("name"), "assay \"gpu\"");
  EXPECT_EQ(events[2].at("args").at("name"), "stream 2");
  const auto& upload = events[3];
  EXPECT_EQ(upload.at("ph"), "X");
  EXPECT_EQ(upload.at("ts"), 0.1);  // microseconds after the first activity
  EXPECT_EQ(upload.at("dur"), 0.1);
  EXPECT_EQ(upload.at("args").at("host_memory"), "pinned");
  const auto& kernel = events[4];
  EXPECT_EQ(kernel.at("name"), "score<\"a\\b\">");
  EXPECT_EQ(kernel.at("tid"), 1);
  EXPECT_EQ(kernel.at("args").at("registers"), 39);
  EXPECT_EQ(events[6].at("ph"), "i");
}

TEST(ChromeTrace, LongTimes_KeepTheirNanoseconds) {
  const std::vector<Activity> far = {
      {.name = {}, .begin_ns = 0, .end_ns = 1},
      {.name = {}, .begin_ns = 1'764'000'000'123'456'789, .end_ns = 1'764'000'000'123'456'790}};
  EXPECT_THAT(chrome_trace(far, "p"), ::testing::HasSubstr("\"ts\":1764000000123456.789"));
}

}  // namespace
}  // namespace matcher::gpu
