// The record of one measurement of the axes, as JSON of schema assay-gpu-axes/1.
#pragma once

#include <string>
#include <vector>

#include "matcher/gpu/device/axes/matrix.hpp"
#include "matcher/gpu/device/axes/primitives.hpp"
#include "matcher/gpu/device/axes/tile_sweep.hpp"
#include "matcher/gpu/device/record/machine.hpp"

namespace matcher::gpu {

struct AxesRecord {
  MachineRecord machine;
  double context_ns = 0;  // the first call that needs the device
  std::vector<PrimitiveCost> primitives;
  MatrixOptions options;
  Matrix matrix;
  TileSweep sweep;
  std::string leaks;  // of the tracker at the end; empty: none
};

[[nodiscard]] std::string to_json(const AxesRecord& record);

}  // namespace matcher::gpu
