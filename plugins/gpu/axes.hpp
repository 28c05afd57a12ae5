// How tiles travel: the audited way, and what a variant may change of it, one axis at a time.
#pragma once

#include "plugins/gpu/options.hpp"

namespace assay::gpu {

using matcher::gpu::PipelineOptions;

// Pageable memory, device memory per tile, one stream, wait for the stream, every call by itself, 64 Ki pairs a tile.
struct AuditedAxes {
  static PairOptions options() {
    PairOptions options;
    options.tile_items = std::size_t{1} << 16;
    return options;
  }
};

// Base with one option changed.
template <auto kOption, auto kValue, class Base = AuditedAxes>
struct With {
  static PairOptions options() {
    PairOptions options = Base::options();
    options.*kOption = kValue;
    return options;
  }
};

template <matcher::gpu::HostMemoryChoice kChoice>
using HostMemoryAxis = With<&PipelineOptions::host_memory, kChoice>;
template <matcher::gpu::DeviceBufferChoice kChoice, class Base = AuditedAxes>
using DeviceBufferAxis = With<&PipelineOptions::device_buffers, kChoice, Base>;
template <matcher::gpu::WaitChoice kChoice>
using WaitAxis = With<&PipelineOptions::wait, kChoice>;
template <GridChoice kChoice>
using GridAxis = With<&PairOptions::grid, kChoice>;
using Unclocked = With<&PairOptions::clock, false>;
using RememberedGrid = With<&PairOptions::remember_grid, true, GridAxis<GridChoice::kTuned>>;
using KeptEncoding = With<&PairOptions::keep_encoding, true>;
template <std::size_t kPairs>
using TileAxis = With<&PipelineOptions::tile_items, kPairs>;

// From pinned memory: copies of pageable memory are staged by the driver and block the host.
using Pinned = HostMemoryAxis<matcher::gpu::HostMemoryChoice::kPinnedPool>;
template <unsigned kStreams>
using StreamsAxis = With<&PipelineOptions::streams, kStreams, Pinned>;

// A graph is replayed with the same addresses: from pinned memory into pooled buffers, as its baseline has them too.
template <matcher::gpu::SubmissionChoice kChoice>
using SubmissionAxis =
    With<&PipelineOptions::submission, kChoice, DeviceBufferAxis<matcher::gpu::DeviceBufferChoice::kPool, Pinned>>;

}  // namespace assay::gpu
