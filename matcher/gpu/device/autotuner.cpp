// Tries candidates and remembers the best.
#include "matcher/gpu/device/autotuner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

namespace matcher::gpu {
namespace {

constexpr std::string_view kFirstLine = "assay-gpu-tuning/1";

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

bool parse(std::string_view text, unsigned& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number > 0;
}

}  // namespace

Result<Autotuner> Autotuner::from_text(std::string_view text) {
  const std::vector<std::string_view> lines = split(text, '\n');
  if (lines.front() != kFirstLine || !lines.back().empty()) {
    return fail(ErrorKind::kBadInput, "remembered tuning does not begin with '{}' and end with a line end; delete it",
                kFirstLine);
  }
  Autotuner tuner;
  for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
    const std::vector<std::string_view> fields = split(lines[i], '\t');
    TuningChoice choice;
    if (fields.size() != 5 || !parse(fields[3], choice.block_threads) || !parse(fields[4], choice.items_per_thread)) {
      return fail(ErrorKind::kBadInput, "line {} of the remembered tuning is not one of ours; delete it", i + 1);
    }
    tuner.known_[{std::string(fields[0]), std::string(fields[1]), std::string(fields[2])}] = choice;
  }
  return tuner;
}

std::string Autotuner::to_text() const {
  std::string text(kFirstLine);
  text += '\n';
  for (const auto& [key, choice] : known_) {
    text += fmt::format("{}\t{}\t{}\t{}\t{}\n", key.device, key.kernel, key.input_class, choice.block_threads,
                        choice.items_per_thread);
  }
  return text;
}

DeviceResult<TuningChoice> Autotuner::choose(const TuningKey& key, std::span<const TuningChoice> candidates,
                                             const MeasureChoice& measure) {
  ++counters_.asked;
  const auto known = known_.find(key);
  if (known != known_.end() && std::ranges::find(candidates, known->second) != candidates.end()) {
    ++counters_.remembered;
    return known->second;
  }
  std::optional<TuningChoice> best;
  double best_nanoseconds = 0;
  for (const TuningChoice& candidate : candidates) {
    auto sample = measure(candidate);
    ++counters_.measured;
    if (!sample && sample.error().failure == DeviceFailure::kDeviceLost) return hand_on(sample);
    if (!sample || !sample->correct) {
      ++counters_.rejected;
    } else if (!best || sample->nanoseconds < best_nanoseconds) {
      best = candidate;
      best_nanoseconds = sample->nanoseconds;
    }
  }
  if (!best) {
    return tl::unexpected<DeviceError>(
        DeviceError{DeviceFailure::kOther, cudaErrorUnknown,
                    fmt::format("tuning of kernel '{}' for {}: none of {} candidates gave correct results; compare the "
                                "kernel with the CPU before using it",
                                key.kernel, key.input_class, candidates.size())});
  }
  known_[key] = *best;
  return *best;
}

}  // namespace matcher::gpu
