// One instance: calls in the legal order, and every bad status as words.
#include "harness/plugin_host/instance.hpp"

#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "datasets/load/dataset.hpp"
#include "tests/stub_plugins/calls.hpp"
#include "tests/stub_plugins/launch.hpp"

namespace assay::plugin_host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class InstanceTest : public testing::Test {
 protected:
  void use(const std::string& stub) {
    auto library = Library::open(test::stub_module(stub));
    if (!library) throw std::runtime_error(library.error().message);
    library_.emplace(std::move(*library));
    if (library_->plugin().extension == nullptr) return;
    const void* const calls = library_->plugin().extension(stub::kCallsExtension);
    if (calls == nullptr) return;
    *static_cast<stub::Calls*>(const_cast<void*>(calls)) = {
        [](void* list, const char* call) { static_cast<std::vector<std::string>*>(list)->emplace_back(call); },
        &called_};
  }

  tl::expected<Instance, CallFailure> create() {
    return Instance::create(*library_, library_->variants()[0], services_, "stub.table", {{"rounds", "1"}});
  }

  datasets::Dataset people_ = *datasets::Dataset::open(test::people(test::kFewPeople));
  std::atomic<std::uint32_t> cancelled_{0};
  Services services_{cancelled_, 1};
  std::optional<Library> library_;
  std::vector<std::string> called_;
};

TEST_F(InstanceTest, WholeLife_CallsInOrderAndTearsDownAtTheEnd) {
  use("recording");
  {
    auto instance = create();
    ASSERT_TRUE(instance) << instance.error().message;
    ASSERT_TRUE(instance->prepare(people_.view()));
    ASSERT_TRUE(instance->run());
    const auto table = instance->collect();
    ASSERT_TRUE(table) << table.error().message;
    EXPECT_EQ((*table)->row_count, test::kFewPeople);
    instance->reset();
  }
  EXPECT_THAT(called_, ElementsAre("prepare", "run", "collect", "reset", "teardown"));
}

TEST_F(InstanceTest, EndedEarly_IsResetFirst) {
  use("recording");
  {
    auto instance = create();
    ASSERT_TRUE(instance) << instance.error().message;
    ASSERT_TRUE(instance->prepare(people_.view()));
  }
  EXPECT_THAT(called_, ElementsAre("prepare", "reset", "teardown"));
}

TEST_F(InstanceTest, NeverPrepared_IsTornDownWithoutReset) {
  use("recording");
  { ASSERT_TRUE(create()); }
  EXPECT_THAT(called_, ElementsAre("teardown"));
}

TEST_F(InstanceTest, CallsOutOfOrder_AreRefusedByTheSdk) {
  use("correct");
  auto instance = create();
  ASSERT_TRUE(instance) << instance.error().message;
  const auto run = instance->run();
  ASSERT_FALSE(run);
  EXPECT_EQ(run.error().status, ASSAY_E_STATE);
  EXPECT_THAT(run.error().message, HasSubstr("prepare was not called"));
  ASSERT_TRUE(instance->prepare(people_.view()));
  EXPECT_EQ(instance->collect().error().status, ASSAY_E_STATE);
  EXPECT_EQ(instance->prepare(people_.view()).error().status, ASSAY_E_STATE);
}

TEST_F(InstanceTest, Cancelled_ReturnsThatStatus) {
  use("hang_until_cancelled");
  auto instance = create();
  ASSERT_TRUE(instance) << instance.error().message;
  ASSERT_TRUE(instance->prepare(people_.view()));
  cancelled_ = 1;
  const auto run = instance->run();
  ASSERT_FALSE(run);
  EXPECT_EQ(run.error().status, ASSAY_E_CANCELLED);
}

TEST_F(InstanceTest, BadStatusWithoutMessage_IsNamedByItsNumber) {
  use("bad_status");
  auto instance = create();
  ASSERT_TRUE(instance) << instance.error().message;
  ASSERT_TRUE(instance->prepare(people_.view()));
  const auto run = instance->run();
  ASSERT_FALSE(run);
  EXPECT_EQ(run.error().call, "run");
  EXPECT_EQ(run.error().message, "status 5 without a message");
}

TEST_F(InstanceTest, MessageWithoutEnd_IsCutAtItsBuffer) {
  use("long_message");
  auto instance = create();
  ASSERT_TRUE(instance) << instance.error().message;
  ASSERT_TRUE(instance->prepare(people_.view()));
  const auto run = instance->run();
  ASSERT_FALSE(run);
  EXPECT_EQ(run.error().message, std::string(sizeof(assay_error::message) - 1, 'm'));
}

TEST_F(InstanceTest, SuccessWithoutTable_IsAFailure) {
  use("null_table");
  auto instance = create();
  ASSERT_TRUE(instance) << instance.error().message;
  ASSERT_TRUE(instance->prepare(people_.view()));
  ASSERT_TRUE(instance->run());
  const auto table = instance->collect();
  ASSERT_FALSE(table);
  EXPECT_THAT(table.error().message, StartsWith("returned success but no table"));
}

}  // namespace
}  // namespace assay::plugin_host
