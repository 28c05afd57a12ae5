// What a variant can choose besides its rung.
#pragma once

#include "matcher/gpu/device/tile_pipeline.hpp"

namespace assay::gpu {

// How large a kernel's blocks are and how many there are.
enum class GridChoice {
  kStatic,     // 256 threads a block, a thread per pair
  kOccupancy,  // as many blocks as are resident at once, of the size with which most threads are
  kTuned,      // what was fastest on the first pairs of the first data, and kept for all after them; not with graphs,
               // inside of which nothing is timed
};

struct PairOptions : matcher::gpu::PipelineOptions {
  GridChoice grid = GridChoice::kStatic;
  // Kernels are timed by the device's own clock, for the phase "device"; not with graphs. REQUIRES: true if tuned.
  bool clock = true;
  // A tuned grid is written down for later processes of the run (kept_files.hpp).
  bool remember_grid = false;
  // Codes, rows and resident tables outlive reset, and are used again for names that are the same to the last symbol.
  bool keep_encoding = false;
};

}  // namespace assay::gpu
