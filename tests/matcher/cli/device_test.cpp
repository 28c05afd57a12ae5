// --device, on a machine that need not have a GPU.
#include <string>

#include "tests/matcher/cli/matcher_program.hpp"

namespace {

using matcher_test::Outcome;
using nlohmann::json;
using testing::AnyOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

class Device : public matcher_test::MatcherProgram {
 protected:
  [[nodiscard]] bool machine_has_gpu() const {
    return run("match left.csv right.csv -o - -q --device gpu").exit_code == 0;
  }
};

TEST_F(Device, Auto_IsTheDefaultAndTellsWhyInTheSummary) {
  const json summary = run_for_json("match left.csv right.csv -q -o m.csv", "m.summary.json");
  EXPECT_EQ(summary["device"]["asked"], "auto");
  EXPECT_EQ(summary["device"]["used"], "cpu");
  EXPECT_EQ(summary["device"]["reason"], "at this threshold the CPU tests only pairs that sound alike");
  const json a1 = run_for_json("match left.csv right.csv -a A1 -q -o a1.csv", "a1.summary.json");
  EXPECT_EQ(a1["device"]["reason"], "A1 has no GPU version, A3 and A4 have");
}

TEST_F(Device, LowThreshold_SaysWhyThereIsNoGpu) {
  if (machine_has_gpu()) GTEST_SKIP() << "this machine has a GPU";
  const json summary = run_for_json("match left.csv right.csv -t 0 -q -o m.csv", "m.summary.json");
  EXPECT_EQ(summary["device"]["used"], "cpu");
  EXPECT_THAT(summary["device"]["reason"].get<std::string>(),
              AnyOf("no NVIDIA driver", "no NVIDIA GPU", HasSubstr("older than"), "this build has no GPU support"));
}

TEST_F(Device, LastLine_NamesTheDeviceIfItWasAskedFor) {
  EXPECT_THAT(run("match left.csv right.csv -o m.csv --device auto").err,
              EndsWith("; device: cpu (at this threshold the CPU tests only pairs that sound alike)\n"));
  EXPECT_THAT(run("match left.csv right.csv -o m.csv --device cpu").err, EndsWith("; device: cpu (asked for)\n"));
  EXPECT_THAT(run("match left.csv right.csv -o m.csv").err, Not(HasSubstr("device")));
}

TEST_F(Device, GpuWithoutOne_IsRefusedWithAdvice) {
  if (machine_has_gpu()) GTEST_SKIP() << "this machine has a GPU";
  const Outcome outcome = run("match left.csv right.csv -o m.csv --device gpu");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("--device gpu: "));
  EXPECT_THAT(outcome.err, AnyOf(HasSubstr("no NVIDIA driver; "), HasSubstr("no NVIDIA GPU; "), HasSubstr("older than"),
                                 HasSubstr("this build has no GPU support; ")));
  EXPECT_THAT(outcome.err, AnyOf(HasSubstr("run without the GPU"), HasSubstr("nvidia-smi"), HasSubstr("update"),
                                 HasSubstr("--device cpu")));
  EXPECT_EQ(content_of("m.csv"), "");
}

TEST_F(Device, GpuForWhatItCannotDo_IsRefused) {
  expect_refused("match left.csv right.csv -o m.csv --device gpu -a A7-TIERS", 2, "A7-TIERS has no GPU version");
  expect_refused("match left.csv right.csv -o m.csv --device gpu --block last", 2, "no blocking keys");
  expect_refused("match left.csv right.csv -o m.csv --device gpu --memory 512M", 2,
                 "with --memory the CPU does it all");
  expect_refused("match left.csv right.csv -o m.csv --device tpu", 2, "gpu");
}

TEST_F(Device, MemoryBudget_IsAReasonForTheCpu) {
  const json summary = run_for_json("match left.csv right.csv -q -o m.csv --memory 512M", "m.summary.json");
  EXPECT_EQ(summary["device"]["used"], "cpu");
  EXPECT_EQ(summary["device"]["reason"], "with --memory the CPU does it all");
}

// Also run where there is a GPU: then the answers are compared.
TEST_F(Device, EveryDevice_GivesTheSameFile) {
  const std::string expected = run("match left.csv right.csv -t 0 -q -o - --device cpu").out;
  EXPECT_EQ(run("match left.csv right.csv -t 0 -q -o - --device auto").out, expected);
  const Outcome gpu = run("match left.csv right.csv -t 0 -q -o - --device gpu");
  EXPECT_EQ(gpu.out, gpu.exit_code == 0 ? expected : "");
}

}  // namespace
