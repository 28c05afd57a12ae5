// The measurement of the axes, on the fake runtime: what is wrong gets no time, and what has no time left is counted.
#include <gmock/gmock.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "matcher/gpu/device/axes/record.hpp"
#include "matcher/gpu/device/axes/row_digest.hpp"
#include "matcher/gpu/device/grid.hpp"
#include "tests/matcher/gpu/device/axes_case.hpp"

namespace matcher::gpu {
namespace {

void digest_row(const RowPair* pairs, std::uint32_t* digests, std::size_t count) {
  const std::size_t i = fake::current_thread().index();
  if (i < count) digests[i] = digest_of(pairs[i]) + (break_last_item && i + 1 == count ? 1 : 0);
}

void do_nothing(int) {}

}  // namespace

DeviceStatus enqueue_row_digests(const DeviceTile& tile) {
  return check("launch", launch(static_shape(tile.items, {}), tile.stream, digest_row, tile.input<RowPair>(0),
                                tile.output<std::uint32_t>(0), tile.items));
}

DeviceStatus enqueue_empty_kernels(cudaStream_t stream, int count) {
  DeviceStatus status;
  for (int i = 0; status && i < count; ++i) status = check("launch", launch({}, stream, do_nothing, i));
  return status;
}

namespace {

class AxesTest : public AxesCase {
 protected:
  AxesTest() {
    options.items = 300;
    options.tile_items = {128};
    options.streams = {2};
    options.cell = limits();
  }

  fake::Runtime runtime;
  MatrixOptions options;
};

TEST_F(AxesTest, EveryCombination_IsMeasuredOnceAndRight) {
  const Matrix matrix = measure_matrix(tracker, options);
  EXPECT_EQ(matrix.cells.size(), 60u);
  EXPECT_EQ(matrix.not_measured, 0u);
  std::set<std::string> names;
  for (const AxesCell& cell : matrix.cells) {
    EXPECT_TRUE(cell.correct) << cell.error;
    EXPECT_EQ(cell.times.size(), 3u);
    names.insert(name_of(cell.options.host_memory) + name_of(cell.options.device_buffers) + "/" +
                 name_of(cell.options.wait) + name_of(cell.options.submission));
  }
  EXPECT_EQ(names.size(), 60u);
  EXPECT_EQ(names.count("managedper tile/pollinggraph"), 1u);
  EXPECT_EQ(tracker.leak_report(), "");
}

TEST_F(AxesTest, WrongAnswer_GetsNoTime) {
  break_last_item = true;
  for (const AxesCell& cell : measure_matrix(tracker, options).cells) {
    EXPECT_FALSE(cell.correct);
    EXPECT_TRUE(cell.times.empty());
    EXPECT_EQ(cell.error, "");
  }
}

TEST_F(AxesTest, TimeIsUp_RestIsCounted) {
  options.time_in_all = std::chrono::milliseconds(50);
  const Matrix matrix = measure_matrix(tracker, options);
  EXPECT_LT(matrix.cells.size(), 20u);
  EXPECT_EQ(matrix.cells.size() + matrix.not_measured, 60u);
}

TEST_F(AxesTest, LostDevice_EndsTheMatrixAndSaysSo) {
  runtime.inject({.call = 2000, .code = cudaErrorECCUncorrectable, .lose_device = true});
  const Matrix matrix = measure_matrix(tracker, options);
  EXPECT_LT(matrix.cells.size(), 60u);
  EXPECT_THAT(matrix.cells.back().error, ::testing::HasSubstr("cudaErrorECCUncorrectable"));
  EXPECT_TRUE(matrix.cells.back().times.empty());
}

TEST_F(AxesTest, Primitives_CoverSizesAndKindsAndLeaveNothing) {
  const auto costs = measure_primitives(tracker, {.largest_bytes = 64 << 10, .repeats = 3, .launches = 10});
  ASSERT_TRUE(costs) << costs.error().message;
  EXPECT_EQ(costs->size(), 4u + 2 * (5 + 6));
  EXPECT_EQ(runtime.count("cudaMallocManaged"), 8u);
  EXPECT_EQ(runtime.copies(cudaMemcpyHostToDevice, fake::HostKind::kRegistered), 8u);
  EXPECT_EQ(runtime.copies(cudaMemcpyDeviceToHost, fake::HostKind::kPinned), 8u);
  EXPECT_EQ(tracker.leak_report(), "");
}

TEST_F(AxesTest, Record_IsJsonWithNullForWhatIsUnknown) {
  AxesRecord record;
  record.machine.probe = probe_devices();
  record.options = options;
  record.matrix = measure_matrix(tracker, options);
  record.matrix.cells.front().times.clear();
  record.sweep = measure_tile_sweep(tracker, {.items = 200, .smallest_tile = 64, .cell = limits()});
  record.machine.after.emplace().throttle_reasons = 0x4;
  const std::string text = to_json(record);
  std::ofstream(std::string(ASSAY_BINARY_DIR) + "/gpu-axes-of-the-fake.json") << text;  // for axes_schema_test.py
  const auto json = nlohmann::json::parse(text);
  EXPECT_EQ(json.at("schema"), "assay-gpu-axes/1");
  EXPECT_EQ(json.at("gpus")[0].at("name"), "NVIDIA H200");
  EXPECT_TRUE(json.at("before").is_null());
  EXPECT_EQ(json.at("after").at("throttle_reasons"), "power cap");
  EXPECT_TRUE(json.at("after").at("temperature_celsius").is_null());
  EXPECT_TRUE(json.at("cells")[0].at("median_ns").is_null());
  EXPECT_EQ(json.at("cells")[1].at("median_ns"), 1'000'000);
  EXPECT_EQ(json.at("cells")[1].at("items_per_second"), 300'000.0);
  const auto& flow = json.at("tile_sweep").at("flows")[0];
  EXPECT_EQ(flow.at("flow"), "audited");
  EXPECT_EQ(flow.at("points")[1].at("items_per_second"), 200'000.0);
  EXPECT_TRUE(flow.at("half_performance_tile").is_null());
  EXPECT_TRUE(flow.at("half_performance_tile_at_most").is_null()) << "of two sizes there is none";
}

}  // namespace
}  // namespace matcher::gpu
