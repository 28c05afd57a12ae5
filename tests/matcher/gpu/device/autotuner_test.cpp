// The tuner takes the fastest correct candidate, once.
#include "matcher/gpu/device/autotuner.hpp"

#include <gmock/gmock.h>

#include <array>

namespace matcher::gpu {
namespace {

constexpr std::array<TuningChoice, 3> kCandidates = {{{64, 1}, {128, 2}, {256, 4}}};
const TuningKey kKey{"NVIDIA H200 13.0", "block-1f2e", "12 letters"};

// Larger blocks are faster; those above `largest_correct` are wrong.
MeasureChoice faster_when_larger(unsigned largest_correct) {
  return [=](const TuningChoice& choice) -> DeviceResult<TuningSample> {
    return TuningSample{1e6 / choice.block_threads, choice.block_threads <= largest_correct};
  };
}

DeviceResult<TuningSample> failing(DeviceFailure failure) {
  return tl::unexpected<DeviceError>(DeviceError{failure, cudaErrorUnknown, "failed"});
}

TEST(Autotuner, FastestCandidate_Wins) {
  Autotuner tuner;
  EXPECT_EQ(tuner.choose(kKey, kCandidates, faster_when_larger(1024)).value(), (TuningChoice{256, 4}));
}

TEST(Autotuner, FastestButWrong_IsNeverChosen) {
  Autotuner tuner;
  EXPECT_EQ(tuner.choose(kKey, kCandidates, faster_when_larger(128)).value(), (TuningChoice{128, 2}));
  EXPECT_EQ(tuner.counters().rejected, 1u);
}

TEST(Autotuner, AllWrong_IsAnErrorAndNotRemembered) {
  Autotuner tuner;
  EXPECT_FALSE(tuner.choose(kKey, kCandidates, faster_when_larger(0)));
  EXPECT_TRUE(tuner.choose(kKey, kCandidates, faster_when_larger(64)));
}

TEST(Autotuner, CandidateThatCannotStart_IsPassedOver_LostDeviceIsNot) {
  Autotuner tuner;
  const auto fails_at_256 = [](DeviceFailure failure) {
    return [failure](const TuningChoice& choice) {
      return choice.block_threads == 256 ? failing(failure) : faster_when_larger(1024)(choice);
    };
  };
  EXPECT_EQ(tuner.choose(kKey, kCandidates, fails_at_256(DeviceFailure::kDeviceLost)).error().failure,
            DeviceFailure::kDeviceLost);
  EXPECT_EQ(tuner.choose(kKey, kCandidates, fails_at_256(DeviceFailure::kOther)).value(), (TuningChoice{128, 2}));
}

TEST(Autotuner, Remembered_PerDeviceKernelAndClass_AlsoThroughText) {
  Autotuner tuner;
  ASSERT_TRUE(tuner.choose(kKey, kCandidates, faster_when_larger(1024)));
  Autotuner later = Autotuner::from_text(tuner.to_text()).value();
  EXPECT_EQ(later.choose(kKey, kCandidates, faster_when_larger(64)).value(), (TuningChoice{256, 4}));
  EXPECT_EQ(later.counters().measured, 0u);
  TuningKey other = kKey;
  other.input_class = "16 letters";
  EXPECT_EQ(later.choose(other, kCandidates, faster_when_larger(64)).value(), (TuningChoice{64, 1}));
}

TEST(Autotuner, RememberedChoiceThatIsNoCandidate_IsMeasuredAnew) {
  Autotuner tuner;
  constexpr std::array<TuningChoice, 1> kOthers = {{{512, 1}}};
  ASSERT_TRUE(tuner.choose(kKey, kOthers, faster_when_larger(1024)));
  EXPECT_EQ(tuner.choose(kKey, kCandidates, faster_when_larger(1024)).value(), (TuningChoice{256, 4}));
  EXPECT_EQ(tuner.choose(kKey, kCandidates, faster_when_larger(1024)).value(), (TuningChoice{256, 4}));
  EXPECT_EQ(tuner.counters().asked, 3U);
  EXPECT_EQ(tuner.counters().remembered, 1U);
}

TEST(Autotuner, DamagedText_IsRefused) {
  Autotuner tuner;
  ASSERT_TRUE(tuner.choose(kKey, kCandidates, faster_when_larger(1024)));
  const std::string text = tuner.to_text();
  for (const std::string& bad : {std::string(), text.substr(1), text.substr(0, text.size() - 1), text + "a\tb\tc\t12\n",
                                 text + "a\tb\tc\t0\t1\n", text + "a\tb\tc\t12x\t1\n"}) {
    EXPECT_FALSE(Autotuner::from_text(bad)) << bad;
  }
}

}  // namespace
}  // namespace matcher::gpu
