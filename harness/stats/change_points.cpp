#include "harness/stats/change_points.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "harness/stats/energy_split.hpp"
#include "harness/stats/quantile.hpp"

namespace assay::stats {
namespace {

// Candidates of the first pass may be ten times weaker; the second pass sees them between their true neighbours.
constexpr double kFirstPass = 10;
// Neighbours that move each other could go on for ever; after so many moves per candidate they stay.
constexpr std::size_t kMoves = 4;

struct Segment {
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct Tested {
  std::size_t index = 0;  // where the segment splits best; its begin if nowhere
  double p = 1;
};

class Search {
 public:
  Search(std::vector<double> logs, const ChangePointOptions& options) : logs_(std::move(logs)), options_(options) {}

  [[nodiscard]] std::vector<ChangePoint> run() {
    std::set<std::size_t> weak;
    const std::size_t step = options_.window / 2;
    for (std::size_t begin = 0;; begin += step) {
      const std::size_t end = std::min(begin + options_.window, logs_.size());
      split({begin, end}, weak);
      if (end == logs_.size()) break;
    }
    return merged({weak.begin(), weak.end()});
  }

 private:
  [[nodiscard]] Tested test(Segment segment, double p) {
    const auto key = std::make_tuple(segment.begin, segment.end, p);
    const auto known = tested_.find(key);
    if (known != tested_.end()) return known->second;
    return tested_[key] = test_anew(segment, p);
  }

  [[nodiscard]] Tested test_anew(Segment segment, double p) const {
    const std::span<const double> part = std::span(logs_).subspan(segment.begin, segment.end - segment.begin);
    const EnergySplit split = best_split(part, kFewestLevelPoints);
    if (split.index == 0) return {segment.begin, 1};
    const auto permutations = static_cast<std::size_t>(std::ceil(2 / options_.p)) - 1;
    const auto reach = static_cast<std::size_t>(std::floor(std::min(p, 1.0) * static_cast<double>(permutations + 1)));
    return {segment.begin + split.index,
            split_p(part, kFewestLevelPoints, split.distance, permutations, reach - 1, options_.seed)};
  }

  void split(Segment segment, std::set<std::size_t>& found) {
    const double p = std::min(options_.p * kFirstPass, 0.5);
    const Tested tested = test(segment, p);
    if (tested.p > p) return;
    found.insert(tested.index);
    split({segment.begin, tested.index}, found);
    split({tested.index, segment.end}, found);
  }

  // From the change point before to the one after, but at most a window to either side.
  [[nodiscard]] Segment around(const std::vector<std::size_t>& indices, std::size_t at) const {
    const std::size_t index = indices[at];
    const std::size_t before = at == 0 ? 0 : indices[at - 1];
    const std::size_t after = at + 1 == indices.size() ? logs_.size() : indices[at + 1];
    const std::size_t earliest = index > options_.window ? index - options_.window : 0;
    return {std::max(before, earliest), std::min(after, index + options_.window)};
  }

  [[nodiscard]] double level(std::size_t begin, std::size_t end) const {
    return median(std::span(logs_).subspan(begin, end - begin)).value();
  }

  [[nodiscard]] ChangePoint point(const std::vector<std::size_t>& indices, std::size_t at, double p) const {
    const std::size_t begin = at == 0 ? 0 : indices[at - 1];
    const std::size_t end = at + 1 == indices.size() ? logs_.size() : indices[at + 1];
    return {indices[at], std::exp(level(begin, indices[at])), std::exp(level(indices[at], end)), p};
  }

  // How much a change point deserves to go: 0 if it may stay. Weak ones go before small ones.
  [[nodiscard]] double weakness(const ChangePoint& point) const {
    if (point.p > options_.p) return 1 + point.p;
    const double size = std::abs(std::log(point.after / point.before));
    const double least = std::log1p(options_.min_magnitude);
    return size < least ? 1 - size / least : 0;
  }

  [[nodiscard]] std::vector<ChangePoint> merged(std::vector<std::size_t> indices) {
    for (std::size_t moves = kMoves * indices.size();;) {
      std::vector<ChangePoint> points;
      const std::vector<std::size_t> before = indices;
      for (std::size_t at = 0; at < indices.size(); ++at) {
        const Tested tested = test(around(indices, at), options_.p);
        points.push_back(point(indices, at, tested.p));
        if (tested.p > options_.p || tested.index == indices[at] || moves == 0) continue;
        indices[at] = tested.index;  // its neighbours let it be placed better than the window that found it
        --moves;
      }
      if (indices != before) continue;
      const auto weaker = [this](const ChangePoint& a, const ChangePoint& b) { return weakness(a) < weakness(b); };
      const auto weakest = std::max_element(points.begin(), points.end(), weaker);
      if (weakest == points.end() || weakness(*weakest) <= 0) return points;
      indices.erase(indices.begin() + std::distance(points.begin(), weakest));
    }
  }

  std::vector<double> logs_;
  ChangePointOptions options_;
  std::map<std::tuple<std::size_t, std::size_t, double>, Tested> tested_;  // by segment and p; merging asks again
};

}  // namespace

std::size_t fewest_points(double p) {
  double orders = 2;  // C(2, 1)
  std::size_t points = 2;
  while (2 / orders > p / 4) {
    ++points;  // C(n, floor(n / 2)) = C(n - 1, floor((n - 1) / 2)) * n / ceil(n / 2)
    orders *= static_cast<double>(points) / static_cast<double>((points + 1) / 2);
  }
  return points;
}

Result<std::vector<ChangePoint>> find_change_points(std::span<const double> values, const ChangePointOptions& options) {
  const bool usable = options.window >= 2 * kFewestLevelPoints && options.p > 0 && options.p <= 0.5 &&
                      options.min_magnitude >= 0 && std::isfinite(options.min_magnitude);
  if (!usable) {
    return fail(ErrorKind::kInternal, "change points: window {}, p {} or smallest change {} is out of range",
                options.window, options.p, options.min_magnitude);
  }
  std::vector<double> logs;
  for (const double value : values) {
    if (!std::isfinite(value) || value <= 0) {
      return fail(ErrorKind::kInternal, "change points: value {} is {}; a level needs positive finite values",
                  logs.size(), value);
    }
    logs.push_back(std::log(value));
  }
  return Search(std::move(logs), options).run();
}

}  // namespace assay::stats
