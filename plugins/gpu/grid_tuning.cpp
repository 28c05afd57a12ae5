#include "plugins/gpu/grid_tuning.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "plugins/gpu/device_failure.hpp"
#include "plugins/gpu/kernel_headers.hpp"

namespace assay::gpu {
namespace {

using namespace matcher::gpu;

constexpr int kRepeats = 3;  // the least of them counts: a first launch also loads the kernel

// Of the text of the fused kernels and all they include; a grid that was remembered for another holds no more.
std::string source_digest() {
  std::string text;
  for (const auto& [name, header] : kernel_headers()) text += name + '\0' + header + '\0';
  return fmt::format("{:016x}", XXH3_64bits(text.data(), text.size()));
}

TuningKey key_of(const Rung& rung) {
  int driver = 0;
  require(check("cudaDriverGetVersion", cudaDriverGetVersion(&driver)));
  return {std::string(current_device().name) + ", driver " + std::to_string(driver),
          rung.kernel_name() + ", source " + source_digest(),
          "names of up to " + std::to_string(rung.longest()) + " symbols"};
}

std::vector<TuningChoice> all_choices() {
  std::vector<TuningChoice> choices;
  for (const unsigned threads : {64U, 128U, 256U, 512U, 1024U}) {
    for (const unsigned items : {1U, 4U}) choices.push_back({threads, items});
  }
  return choices;
}

}  // namespace

void tune_grid(Autotuner& tuner, Rung& rung, std::span<const matcher::PackedParts> expected, const RunSample& run) {
  const auto measure = [&](const TuningChoice& choice) -> DeviceResult<TuningSample> {
    rung.grid()->use(choice);
    TuningSample sample{std::numeric_limits<double>::max(), true};
    for (int i = 0; i < kRepeats; ++i) {
      auto nanoseconds = run();
      if (!nanoseconds) return hand_on(nanoseconds);
      sample.nanoseconds = std::min(sample.nanoseconds, *nanoseconds);
      sample.correct = sample.correct && std::ranges::equal(rung.found().parts, expected);
    }
    return sample;
  };
  rung.grid()->use(value_of(tuner.choose(key_of(rung), all_choices(), measure)));
}

}  // namespace assay::gpu
