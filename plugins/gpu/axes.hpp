// How tiles travel: the audited way, and what a variant may change of it, one axis at a time.
#pragma once

#include "matcher/gpu/device/tile_pipeline.hpp"

namespace assay::gpu {

// Pageable memory, device memory per tile, one stream, wait for the stream, every call by itself, 64 Ki pairs a tile.
struct AuditedAxes {
  static constexpr std::size_t kTilePairs = std::size_t{1} << 16;

  static matcher::gpu::PipelineOptions options() {
    matcher::gpu::PipelineOptions options;
    options.tile_items = kTilePairs;
    return options;
  }
};

template <matcher::gpu::HostMemoryChoice kChoice>
struct HostMemoryAxis {
  static matcher::gpu::PipelineOptions options() {
    auto options = AuditedAxes::options();
    options.host_memory = kChoice;
    return options;
  }
};

template <matcher::gpu::DeviceBufferChoice kChoice>
struct DeviceBufferAxis {
  static matcher::gpu::PipelineOptions options() {
    auto options = AuditedAxes::options();
    options.device_buffers = kChoice;
    return options;
  }
};

// From pinned memory: copies of pageable memory are staged by the driver and block the host.
template <unsigned kStreams>
struct StreamsAxis {
  static matcher::gpu::PipelineOptions options() {
    auto options = HostMemoryAxis<matcher::gpu::HostMemoryChoice::kPinnedPool>::options();
    options.streams = kStreams;
    return options;
  }
};

template <matcher::gpu::WaitChoice kChoice>
struct WaitAxis {
  static matcher::gpu::PipelineOptions options() {
    auto options = AuditedAxes::options();
    options.wait = kChoice;
    return options;
  }
};

// A graph is replayed with the same addresses: from pinned memory into pooled buffers, as its baseline has them too.
template <matcher::gpu::SubmissionChoice kChoice>
struct SubmissionAxis {
  static matcher::gpu::PipelineOptions options() {
    auto options = HostMemoryAxis<matcher::gpu::HostMemoryChoice::kPinnedPool>::options();
    options.device_buffers = matcher::gpu::DeviceBufferChoice::kPool;
    options.submission = kChoice;
    return options;
  }
};

template <std::size_t kPairs>
struct TileAxis {
  static matcher::gpu::PipelineOptions options() {
    auto options = AuditedAxes::options();
    options.tile_items = kPairs;
    return options;
  }
};

}  // namespace assay::gpu
