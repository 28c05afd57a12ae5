// The margin a control earns: floor, control, cap, or nothing at all.
#include "harness/stats/margin.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace assay::stats {
namespace {

// Twelve log ratios whose 95 % interval (ranks 3 and 10) has exactly these ends.
std::vector<double> control(double low_ratio, double high_ratio) {
  const double low = std::log(low_ratio);
  const double high = std::log(high_ratio);
  std::vector<double> ratios(3, low);
  ratios.insert(ratios.end(), 6, (low + high) / 2);
  ratios.insert(ratios.end(), 3, high);
  return ratios;
}

TEST(Margin, QuietControl_IsTheFloor) {
  const Margin margin = margin_from_control(control(0.995, 1.005));
  EXPECT_EQ(margin.value, 0.02);
  EXPECT_EQ(margin.source, MarginSource::kFloor);
  EXPECT_TRUE(margin.gateable());
  EXPECT_NEAR(margin.control.value(), 0.005, 1e-4);
}

TEST(Margin, OtherFloor_IsWhatAQuietControlEarns) {
  const Margin quiet = margin_from_control(control(0.995, 1.005), 0.01);
  EXPECT_EQ(quiet.value, 0.01);
  EXPECT_EQ(quiet.source, MarginSource::kFloor);
  EXPECT_NEAR(margin_from_control(control(0.99, 1.015), 0.01).value, 0.015, 1e-12);
}

TEST(Margin, NoisyControl_IsTheFartherEnd) {
  const Margin above = margin_from_control(control(0.99, 1.05));
  EXPECT_NEAR(above.value, 0.05, 1e-12);
  EXPECT_EQ(above.source, MarginSource::kControl);
  EXPECT_TRUE(above.gateable());
  const Margin below = margin_from_control(control(1 / 1.06, 1.01));  // the same size downwards
  EXPECT_NEAR(below.value, 0.06, 1e-12);
}

TEST(Margin, ControlBeyondCap_IsNotGateable) {
  const Margin margin = margin_from_control(control(0.99, 1.2));
  EXPECT_FALSE(margin.gateable());
  EXPECT_EQ(margin.source, MarginSource::kControlTooNoisy);
  EXPECT_NEAR(margin.value, 0.2, 1e-12);  // what a change would have to exceed
  EXPECT_TRUE(margin.known());
  EXPECT_NEAR(margin.control.value(), 0.2, 1e-12);
}

TEST(Margin, ControlTooShort_IsNotGateable) {
  for (const std::size_t pairs : {0U, 5U}) {
    const Margin margin = margin_from_control(std::vector<double>(pairs, 0.0));
    EXPECT_FALSE(margin.gateable()) << pairs;
    EXPECT_FALSE(margin.known());
    EXPECT_EQ(margin.source, MarginSource::kControlTooShort);
    EXPECT_FALSE(margin.control);
  }
  EXPECT_TRUE(margin_from_control(std::vector<double>(6, 0.0)).gateable());
}

}  // namespace
}  // namespace assay::stats
