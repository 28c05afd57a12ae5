// What the tests of the axes' measurement share: a clock that each look moves by a millisecond, and kernels that can be
// told to be wrong.
#pragma once

#include <gtest/gtest.h>

#include "matcher/gpu/device/axes/cell.hpp"
#include "tests/matcher/gpu/device/fake_runtime.hpp"

namespace matcher::gpu {

inline bool break_last_item = false;  // of every tile

class AxesCase : public ::testing::Test {
 protected:
  AxesCase() { break_last_item = false; }

  // Three samples of a millisecond.
  CellLimits limits() {
    return {.time = {}, .now = [this] { return now += std::chrono::milliseconds(1); }};
  }

  ResourceTracker tracker;
  std::chrono::steady_clock::time_point now{};
};

}  // namespace matcher::gpu
