// The rungs of the ladder over one sample that lies on the device: how each is launched, and whether what it wrote is
// what the CPU says.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "matcher/gpu/device/resources.hpp"
#include "matcher/gpu/ladder/sample.hpp"

namespace matcher::gpu {

struct Rung {
  std::string name;
  std::string metrics;      // what of a pair it computes
  std::uint64_t pairs = 0;  // that a whole run looks at
  unsigned launches = 1;
  // Whether a run can look at so many pairs: any part of a list, but only a square of two tables.
  std::function<bool(std::uint64_t pairs)> takes;
  // Puts one run over the first `pairs` of them into the stream. REQUIRES: takes(pairs).
  std::function<DeviceStatus(cudaStream_t, std::uint64_t pairs)> run;
  // Writes over the results, which the rung before may have left right.
  std::function<DeviceStatus(cudaStream_t)> forget;
  // Reads back what the last run wrote, which looked at `pairs` pairs. Errors: of the runtime.
  std::function<DeviceResult<bool>(cudaStream_t, std::uint64_t pairs)> is_right;
};

class LadderTables;  // every layout of the sample, on the device

class Ladder {
 public:
  // Uploads the sample, which must outlive the ladder. Errors: of the runtime; kOutOfMemory asks for a smaller one.
  [[nodiscard]] static DeviceResult<Ladder> create(ResourceTracker& tracker, const Sample& sample, cudaStream_t stream);
  Ladder(Ladder&&) noexcept;
  Ladder& operator=(Ladder&&) noexcept;
  ~Ladder();

  // From the audited four kernels up. Valid as long as the ladder.
  [[nodiscard]] const std::vector<Rung>& rungs() const { return rungs_; }

 private:
  explicit Ladder(std::unique_ptr<LadderTables> tables);

  std::unique_ptr<LadderTables> tables_;
  std::vector<Rung> rungs_;
};

}  // namespace matcher::gpu
