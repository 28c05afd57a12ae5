// The smallest change that counts, taken from a control that ran the same code against itself.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace assay::stats {

// Identical code in two places differs by a few tenths of a percent, steadily (layout, placement, address space), so a
// point null is false and only changes beyond a margin mean anything.
inline constexpr double kMarginFloor = 0.02;
// Above this a case cannot say that two variants are alike (it is "not gateable"); a change beyond it still shows.
inline constexpr double kMarginCap = 0.10;

enum class MarginSource {
  kFloor,            // the control stayed inside the floor
  kControl,          // the control needed more
  kControlTooNoisy,  // the control needed more than the cap: not gateable, value says how much
  kControlTooShort,  // fewer than 6 control pairs: nothing is known, not gateable
};

struct Margin {
  double value = kMarginFloor;  // relative: 0.02 = 2 %
  MarginSource source = MarginSource::kControlTooShort;
  std::optional<double> control =
      std::nullopt;  // what the control could have shown at most, relative; null if it was too short
  [[nodiscard]] bool known() const { return source != MarginSource::kControlTooShort; }
  [[nodiscard]] bool gateable() const { return source == MarginSource::kFloor || source == MarginSource::kControl; }
};

// max(floor, b) where b is the end of the 95 % interval of the control's median that lies farther from "no change".
//
// The usual rule, 3 standard deviations of the medians of many A/A comparisons, needs many of them; a run has one
// control per case. The far end of its interval takes their place: it holds the offset this control had (its median)
// plus what its length leaves open (half the width). It shrinks with more pairs only down to the floor. REQUIRES: floor
// <= kMarginCap.
[[nodiscard]] Margin margin_from_control(std::span<const double> control_log_ratios, double floor = kMarginFloor);

// A margin that someone set by hand.
[[nodiscard]] constexpr Margin fixed_margin(double value) {
  return {value, MarginSource::kFloor, std::nullopt};
}

[[nodiscard]] std::string_view to_string(MarginSource source);  // "floor", "control", "control_too_noisy", ...

}  // namespace assay::stats
