// Sparse linear assignment by shortest augmenting paths. Every left node may also stay alone, at weight 0: that is a
// private right node of its own.
#include "matcher/resolution/assignment.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <queue>
#include <tuple>
#include <utility>

namespace matcher {
namespace {

constexpr std::uint32_t kNone = ~std::uint32_t{0};
constexpr std::uint32_t kGoldenRatio = 0x9E3779B1;  // of 2^32, odd: multiples of it lie apart (Knuth, TAOCP 3, 6.4)
constexpr std::int64_t kUnreached = std::numeric_limits<std::int64_t>::max();

class Assignment {
 public:
  Assignment(std::span<const WeightedEdge> edges, const RunWatch& watch) : edges_(edges) {
    std::uint32_t lefts = 0;
    for (const WeightedEdge& edge : edges) {
      lefts = std::max(lefts, edge.left + 1);
      rights_ = std::max(rights_, edge.right + 1);
    }
    stage_.emplace("choose", lefts, watch);
    edges_of_left_.resize(lefts);
    for (std::uint32_t i = 0; i < edges.size(); ++i) edges_of_left_[edges[i].left].push_back(i);
    const std::size_t nodes = rights_ + lefts;
    left_price_.resize(lefts);
    right_of_left_.resize(lefts, kNone);
    right_price_.resize(nodes);
    owner_.resize(nodes, kNone);
    owner_edge_.resize(nodes, kNone);
    distance_.resize(nodes, kUnreached);
    came_by_.resize(nodes, kNone);
    came_from_.resize(nodes, kNone);
    done_.resize(nodes);
  }

  std::vector<bool> solve() {
    std::vector<std::uint32_t> waiting;
    for (std::uint32_t left = 0; left < edges_of_left_.size(); ++left) {
      if (edges_of_left_[left].empty() || take_best_if_free(left)) {
        stage_->tick();
      } else {
        waiting.push_back(left);
      }
    }
    // In an order that spreads them out: along a chain of rows each search then ends at a free row nearby, where one
    // after another they would all walk to its end.
    std::sort(waiting.begin(), waiting.end(),
              [](std::uint32_t a, std::uint32_t b) { return a * kGoldenRatio < b * kGoldenRatio; });
    for (const std::uint32_t left : waiting) {
      stage_->tick();
      place(left);
    }
    std::vector<bool> chosen(edges_.size());
    for (const std::uint32_t edge : owner_edge_) {
      if (edge != kNone) chosen[edge] = true;
    }
    return chosen;
  }

 private:
  // Cost of an edge: the less, the better. Staying alone costs nothing.
  [[nodiscard]] std::int64_t cost(std::uint32_t edge) const { return edge == kNone ? 0 : -edges_[edge].weight; }
  [[nodiscard]] std::uint32_t alone(std::uint32_t left) const { return rights_ + left; }

  template <class Visit>
  void each_edge(std::uint32_t left, const Visit& visit) const {
    for (const std::uint32_t edge : edges_of_left_[left]) visit(edges_[edge].right, edge);
    visit(alone(left), kNone);
  }

  // While all right prices are 0.
  [[nodiscard]] bool take_best_if_free(std::uint32_t left) {
    std::int64_t least = kUnreached;
    for (const std::uint32_t edge : edges_of_left_[left]) least = std::min(least, cost(edge));
    for (const std::uint32_t edge : edges_of_left_[left]) {
      const std::uint32_t right = edges_[edge].right;
      if (cost(edge) != least || owner_[right] != kNone) continue;
      left_price_[left] = least;
      right_of_left_[left] = right;
      owner_[right] = left;
      owner_edge_[right] = edge;
      return true;
    }
    return false;
  }

  // Finds the cheapest way to give `left` a right node, moving others if that pays.
  void place(std::uint32_t left) {
    std::int64_t least = kUnreached;
    each_edge(left, [&](std::uint32_t right, std::uint32_t edge) {
      least = std::min(least, cost(edge) - right_price_[right]);
    });
    left_price_[left] = least;

    relax(left, 0);
    std::uint32_t end = kNone;
    while (end == kNone) {
      const auto [distance, is_owned, right] = queue_.top();
      queue_.pop();
      if (done_[right]) continue;
      done_[right] = true;
      finished_.push_back(right);
      if (!is_owned) {
        end = right;
      } else {
        relax(owner_[right], distance);
      }
    }
    update_prices(left, distance_[end]);
    augment(end);
    forget();
  }

  void relax(std::uint32_t left, std::int64_t base) {
    stage_->work(edges_of_left_[left].size() + 1);  // one search may walk through all rows
    each_edge(left, [&](std::uint32_t right, std::uint32_t edge) {
      const std::int64_t distance = base + cost(edge) - left_price_[left] - right_price_[right];
      if (done_[right] || distance >= distance_[right]) return;
      if (distance_[right] == kUnreached) touched_.push_back(right);
      distance_[right] = distance;
      came_by_[right] = edge;
      came_from_[right] = left;
      queue_.emplace(distance, owner_[right] != kNone, right);
    });
  }

  void update_prices(std::uint32_t left, std::int64_t end_distance) {
    left_price_[left] += end_distance;
    for (const std::uint32_t right : finished_) {
      const std::int64_t gap = end_distance - distance_[right];
      if (owner_[right] != kNone) left_price_[owner_[right]] += gap;
      right_price_[right] -= gap;
    }
  }

  // Walks back from the free right node to the left node that started, handing each right node on.
  void augment(std::uint32_t right) {
    while (right != kNone) {
      const std::uint32_t left = came_from_[right];
      owner_[right] = left;
      owner_edge_[right] = came_by_[right];
      right = std::exchange(right_of_left_[left], right);
    }
  }

  void forget() {
    for (const std::uint32_t right : touched_) {
      distance_[right] = kUnreached;
      done_[right] = false;
    }
    touched_.clear();
    finished_.clear();
    queue_ = {};
  }

  std::span<const WeightedEdge> edges_;
  std::optional<StageWatch> stage_;
  std::uint32_t rights_ = 0;
  std::vector<std::vector<std::uint32_t>> edges_of_left_;
  std::vector<std::int64_t> left_price_;
  std::vector<std::uint32_t> right_of_left_;
  std::vector<std::int64_t> right_price_;
  std::vector<std::uint32_t> owner_;       // by right node: the left node that has it
  std::vector<std::uint32_t> owner_edge_;  // and by which edge; kNone for staying alone
  // Of the search in progress, by right node.
  std::vector<std::int64_t> distance_;
  std::vector<std::uint32_t> came_by_;
  std::vector<std::uint32_t> came_from_;
  std::vector<bool> done_;
  std::vector<std::uint32_t> touched_;
  std::vector<std::uint32_t> finished_;
  // Distance, owned, right node. Of equal distances free ones first: the search ends there, and with equal weights,
  // which are common, it would else walk a whole chain of rows for each new one.
  using Reached = std::tuple<std::int64_t, bool, std::uint32_t>;
  std::priority_queue<Reached, std::vector<Reached>, std::greater<>> queue_;
};

}  // namespace

std::vector<bool> heaviest_assignment(std::span<const WeightedEdge> edges, const RunWatch& watch) {
  return Assignment(edges, watch).solve();
}

}  // namespace matcher
