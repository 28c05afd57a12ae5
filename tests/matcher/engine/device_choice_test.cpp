// What --device comes to.
#include "matcher/engine/device_choice.hpp"

#include <gmock/gmock.h>

#include "matcher/engine/pair_filter.hpp"
#include "matcher/model/persons_table.hpp"

namespace {

using namespace matcher;
using testing::HasSubstr;

constexpr std::uint64_t kManyPairs = 1'000'000'000'000;

// A machine with a GPU, and a run that is worth it.
struct Machine {
  int looks = 0;
  int counts = 0;
  std::optional<GpuMissing> missing{};
  std::uint64_t pairs = kManyPairs;

  [[nodiscard]] DeviceFacts facts() {
    DeviceFacts facts;
    facts.rows = 2'000'000;
    facts.threads = 16;
    facts.look_for_gpu = [this] {
      ++looks;
      return missing;
    };
    facts.count_pairs = [this] {
      ++counts;
      return pairs;
    };
    return facts;
  }
};

TEST(DeviceChoice, Cpu_IsTakenWithoutLookingAround) {
  Machine machine;
  const DeviceChoice choice = choose_device(DeviceWish::kCpu, machine.facts()).value();
  EXPECT_FALSE(choice.gpu);
  EXPECT_EQ(choice.reason, "asked for");
  EXPECT_EQ(machine.looks + machine.counts, 0);
}

TEST(DeviceChoice, Auto_TakesTheGpuIfTheEstimateIsClear) {
  Machine machine;
  const DeviceChoice choice = choose_device(DeviceWish::kAuto, machine.facts()).value();
  EXPECT_TRUE(choice.gpu);
  EXPECT_THAT(choice.reason, HasSubstr("1000000000000 pairs of equal birthdates"));
  machine.pairs = 1'000'000;
  EXPECT_FALSE(choose_device(DeviceWish::kAuto, machine.facts()).value().gpu);
}

// The GPU's side of the estimate is not measured: a narrow lead does not count.
TEST(DeviceChoice, Auto_StaysOnTheCpuWhereTheGpuIsLittleFaster) {
  Machine machine;
  const DeviceFacts facts = machine.facts();
  std::uint64_t pairs = 1;
  while (estimate_devices(facts.rows, pairs, facts.threads).cpu_seconds <
         2 * estimate_devices(facts.rows, pairs, facts.threads).gpu_seconds) {
    pairs *= 2;
  }
  machine.pairs = pairs;
  EXPECT_FALSE(choose_device(DeviceWish::kAuto, facts).value().gpu);
}

TEST(DeviceChoice, NoGpu_IsAReasonForAutoAndAnErrorForGpu) {
  Machine machine;
  machine.missing = GpuMissing{"no NVIDIA driver", "install one"};
  const DeviceChoice choice = choose_device(DeviceWish::kAuto, machine.facts()).value();
  EXPECT_FALSE(choice.gpu);
  EXPECT_EQ(choice.reason, "no NVIDIA driver");
  EXPECT_EQ(machine.counts, 0) << "both tables were read for nothing";
  const auto refused = choose_device(DeviceWish::kGpu, machine.facts());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kBadInput);
  EXPECT_EQ(refused.error().message, "--device gpu: no NVIDIA driver; install one");
}

TEST(DeviceChoice, UnsupportedRun_IsAReasonForAutoAndAnErrorForGpu) {
  Machine machine;
  DeviceFacts facts = machine.facts();
  facts.unsupported = "A1 has no GPU version, A3 and A4 have";
  const DeviceChoice choice = choose_device(DeviceWish::kAuto, facts).value();
  EXPECT_FALSE(choice.gpu);
  EXPECT_EQ(choice.reason, *facts.unsupported);
  const auto refused = choose_device(DeviceWish::kGpu, facts);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("take --device cpu"));
  EXPECT_EQ(machine.looks, 0);
}

TEST(DeviceChoice, JoinBySound_KeepsAutoOnTheCpuAndGpuOnTheGpu) {
  Machine machine;
  DeviceFacts facts = machine.facts();
  facts.joins_by_sound = true;
  const DeviceChoice choice = choose_device(DeviceWish::kAuto, facts).value();
  EXPECT_FALSE(choice.gpu);
  EXPECT_THAT(choice.reason, HasSubstr("sound alike"));
  EXPECT_EQ(machine.looks, 0) << "a driver was loaded for nothing";
  EXPECT_TRUE(choose_device(DeviceWish::kGpu, facts).value().gpu);
}

TEST(JoinsBySound, HangsOnTheThreshold) {
  for (const auto& [threshold, by_sound] : {std::pair(95.0, true), std::pair(66.7, true), std::pair(60.0, false)}) {
    MatchOptions options{Algorithm::kA3, threshold, 1, {}};
    EXPECT_EQ(joins_by_sound(options), by_sound) << threshold;
    options.date_test = DateTest::kSwap;
    EXPECT_EQ(joins_by_sound(options), by_sound) << threshold << ", swapped";
  }
}

TEST(PairsOfEqualBirthdates, CountsThemWithoutNulls) {
  const auto table = [](std::initializer_list<std::optional<std::int32_t>> dates) {
    PersonsTable persons;
    for (const auto& date : dates) {
      persons.id.push_back(0);
      persons.first_name.append("a");
      persons.last_name.append("b");
      persons.birthdate.append(date);
    }
    return persons;
  };
  const PersonsTable left = table({1, 1, 2, std::nullopt, 7});
  const PersonsTable right = table({1, std::nullopt, 2, 2, 2, 1, 9, 0});  // 0 is what a null date holds
  EXPECT_EQ(pairs_of_equal_birthdates(left.view(), right.view()), 2U * 2U + 3U);
}

TEST(WhyNotFiltered, NamesTheAlgorithmOrTheKeys) {
  EXPECT_EQ(why_not_filtered({Algorithm::kA3, 95.0, 1, {}}), std::nullopt);
  EXPECT_EQ(why_not_filtered({Algorithm::kA4, 95.0, 1, {}}), std::nullopt);
  EXPECT_THAT(why_not_filtered({Algorithm::kL11, 95.0, 1, {}}).value(), HasSubstr("L11"));
  MatchOptions keys{Algorithm::kA3, 95.0, 1, {}};
  keys.blocking_keys.push_back(parse_blocking_key("last").value());
  EXPECT_THAT(why_not_filtered(keys).value(), HasSubstr("blocking keys"));
}

// A pair of equal sounds whose Levenshtein and Jaro-Winkler are equal needs this much of both.
TEST(LeastNamePercent, FollowsFromTheScore) {
  MatchPlan plan;
  for (const auto& [least, expected] : {std::pair(0.0, 85.0), std::pair(66.7, 85.0), std::pair(90.0, 85.0),
                                        std::pair(95.0, 92.5), std::pair(100.0, 100.0)}) {
    plan.least_percent = least;
    EXPECT_NEAR(least_name_percent(plan), expected, 0.01) << least;
    EXPECT_LE(least_name_percent(plan), expected) << least;
  }
}

}  // namespace
