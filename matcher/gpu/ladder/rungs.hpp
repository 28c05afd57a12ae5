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
  std::uint64_t pairs = 0;  // that one run looks at
  unsigned launches = 1;
  // Puts one run into the stream.
  std::function<DeviceStatus(cudaStream_t)> run;
  // Writes over the results, which the rung before may have left right.
  std::function<DeviceStatus(cudaStream_t)> forget;
  // Reads back what the last run wrote. Errors: of the runtime.
  std::function<DeviceResult<bool>(cudaStream_t)> is_right;
};

// Percent that the rungs which hand back matches select by.
inline constexpr double kLadderThreshold = 90;

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
