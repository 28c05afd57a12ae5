// A rung of the ladder: which kernels score a list of pairs, what they are sent and what they hand back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "matcher/gpu/device/resource_tracker.hpp"
#include "matcher/gpu/device/submission.hpp"
#include "matcher/gpu/device/tile.hpp"
#include "matcher/gpu/layout/alphabet.hpp"
#include "matcher/similarity/packed_parts.hpp"
#include "plugins/gpu/device_clock.hpp"
#include "plugins/gpu/kept_files.hpp"
#include "plugins/gpu/kernel_grid.hpp"
#include "plugins/gpu/options.hpp"
#include "plugins/names/name_table.hpp"

namespace assay::gpu {

// What pairs are made of. All of it outlives the rung's use of it, from prepare to release.
struct Setting {
  const names::NameTable& left;
  const names::NameTable& right;
  const matcher::gpu::Alphabet& alphabet;
  matcher::gpu::ResourceTracker& tracker;
  const PairOptions& options;
  const KeptFiles& files;
};

// ASSAY_COUNTER_CACHE_REQUESTS and _HITS, since a variant was made.
struct CacheCounts {
  std::uint64_t requests = 0;
  std::uint64_t hits = 0;
};

// Of each pair of a list one number, in one of the three.
struct Found {
  std::span<const matcher::PackedParts> parts;  // all four integers
  std::span<const float> percents;              // the greatest, in single precision
  std::span<const std::uint32_t> distances;     // of Levenshtein, and nothing else
};

// Call order: (prepare (gather enqueue* found)* release)*. Errors of CUDA's outside of enqueue are thrown as Failure.
class Rung {
 public:
  virtual ~Rung() = default;

  // What it needs beside a GPU; a rung may have one of its own that throws Failure (ASSAY_E_UNSUPPORTED).
  static void probe() {}

  // Symbols of the longest name its kernels read.
  [[nodiscard]] virtual std::size_t longest() const { return matcher::gpu::kAuditedTextSymbols; }
  // Kernels that enqueue starts.
  [[nodiscard]] virtual unsigned launches() const { return 1; }

  virtual void prepare(const Setting&) {}
  virtual void release() noexcept {}

  // What decides the shape of its launches, and the name it is remembered by; null: it has a shape of its own. Valid
  // while prepared.
  [[nodiscard]] virtual KernelGrid* grid() { return nullptr; }
  [[nodiscard]] virtual std::string kernel_name() const { return {}; }
  // Of what it keeps from one prepare to the next; null: nothing.
  [[nodiscard]] virtual std::optional<CacheCounts> cache() const { return std::nullopt; }

  // The arrays of these pairs; they stay where they are until the next call. REQUIRES: names of at most `longest`
  // symbols that the alphabet covers.
  [[nodiscard]] virtual matcher::gpu::Job gather(std::span<const matcher::gpu::RowPair> pairs) = 0;
  // True: the rung has taken the job to the device and back itself; otherwise it goes through the pipeline. Throws
  // Failure. Null: no clock.
  [[nodiscard]] virtual bool run_itself(const matcher::gpu::Job&, DeviceClock*) { return false; }
  // Of all jobs that it ran itself.
  [[nodiscard]] virtual matcher::gpu::SubmissionCounters counters() const { return {}; }
  [[nodiscard]] virtual matcher::gpu::DeviceStatus enqueue(const matcher::gpu::DeviceTile& tile) = 0;
  // Of the pairs gathered last. REQUIRES: their job is done.
  [[nodiscard]] virtual Found found() const = 0;
};

}  // namespace assay::gpu
