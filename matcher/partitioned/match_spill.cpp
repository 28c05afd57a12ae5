// Sorted runs and their merge.
#include "matcher/partitioned/match_spill.hpp"

#include <algorithm>
#include <memory>
#include <queue>
#include <system_error>
#include <tuple>
#include <utility>

#include "matcher/partitioned/spill_file.hpp"

namespace matcher {
namespace {

constexpr std::size_t kFanIn = 64;
constexpr std::size_t kBufferBytes = 65536;
constexpr std::size_t kHeadBytes = sizeof(std::uint32_t);

auto order_of(const SpilledMatch& match) {
  return std::tuple(match.left_id, match.right_id, match.left_row, match.right_row);
}

void append_match(const SpilledMatch& match, std::string& out) {
  const std::size_t begin = out.size();
  append_value(out, std::uint32_t{0});
  append_value(out, match.left_id);
  append_value(out, match.right_id);
  append_value(out, match.left_row);
  append_value(out, match.right_row);
  append_value(out, match.score);
  append_value(out, match.for_review);
  append_text(out, match.cells);
  const auto size = static_cast<std::uint32_t>(out.size() - begin - kHeadBytes);
  out.replace(begin, kHeadBytes, reinterpret_cast<const char*>(&size), kHeadBytes);
}

// One file and the match that comes next in it.
class RunReader {
 public:
  explicit RunReader(SpillReader reader) : reader_(std::move(reader)) {}

  // False at the end.
  Result<bool> next() {
    const auto head = reader_.take(kHeadBytes);
    if (!head) return tl::unexpected(head.error());
    if (head->empty()) return false;
    const auto body = reader_.take(ValueReader(*head).value<std::uint32_t>());
    if (!body) return tl::unexpected(body.error());
    ValueReader values(*body);
    match_.left_id = values.value<std::int64_t>();
    match_.right_id = values.value<std::int64_t>();
    match_.left_row = values.value<std::uint32_t>();
    match_.right_row = values.value<std::uint32_t>();
    match_.score = values.value<double>();
    match_.for_review = values.value<bool>();
    match_.cells = values.text();
    return true;
  }
  [[nodiscard]] const SpilledMatch& match() const { return match_; }

 private:
  SpillReader reader_;
  SpilledMatch match_;
};

Status merge_once(std::span<const std::filesystem::path> runs, const VisitMatch& visit) {
  std::vector<std::unique_ptr<RunReader>> readers;
  const auto comes_later = [&](std::size_t a, std::size_t b) {
    return comes_before(readers[b]->match(), readers[a]->match());
  };
  std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(comes_later)> queue(comes_later);
  for (const std::filesystem::path& run : runs) {
    auto reader = SpillReader::open(run, kBufferBytes);
    if (!reader) return hand_on(reader);
    readers.push_back(std::make_unique<RunReader>(std::move(*reader)));
    const auto more = readers.back()->next();
    if (!more) return tl::unexpected(more.error());
    if (*more) queue.push(readers.size() - 1);
  }
  while (!queue.empty()) {
    const std::size_t first = queue.top();
    queue.pop();
    if (auto status = visit(readers[first]->match()); !status) return status;
    const auto more = readers[first]->next();
    if (!more) return tl::unexpected(more.error());
    if (*more) queue.push(first);
  }
  return {};
}

Status merge_into(std::span<const std::filesystem::path> runs, const std::filesystem::path& target) {
  std::string buffer;
  const auto flush = [&](std::size_t least_bytes) -> Status {
    if (buffer.size() < least_bytes) return {};
    auto status = append_to_file(target, buffer);
    buffer.clear();
    return status;
  };
  auto status = merge_once(runs, [&](const SpilledMatch& match) {
    append_match(match, buffer);
    return flush(kBufferBytes);
  });
  return status ? flush(0) : status;
}

}  // namespace

bool comes_before(const SpilledMatch& a, const SpilledMatch& b) {
  return order_of(a) < order_of(b);
}

void append_cells(std::span<const Cell> cells, std::string& out) {
  append_value(out, static_cast<std::uint32_t>(cells.size()));
  for (const Cell& cell : cells) {
    append_value(out, cell.type);
    if (cell.type == CellType::kInteger) append_value(out, cell.integer);
    if (cell.type == CellType::kText) append_text(out, cell.text);
    if (cell.type >= CellType::kPercent2) append_value(out, cell.real);
  }
}

void read_cells(std::string_view bytes, std::vector<Cell>& cells) {
  ValueReader values(bytes);
  cells.resize(values.value<std::uint32_t>());
  for (Cell& cell : cells) {
    cell = {.type = values.value<CellType>()};
    if (cell.type == CellType::kInteger) cell.integer = values.value<std::int64_t>();
    if (cell.type == CellType::kText) cell.text = values.text();
    if (cell.type >= CellType::kPercent2) cell.real = values.value<double>();
  }
}

Status write_match_run(const std::filesystem::path& path, std::vector<SpilledMatch> matches) {
  std::sort(matches.begin(), matches.end(), comes_before);
  std::string buffer;
  for (const SpilledMatch& match : matches) {
    append_match(match, buffer);
    if (buffer.size() < kBufferBytes) continue;
    if (auto status = append_to_file(path, buffer); !status) return status;
    buffer.clear();
  }
  return append_to_file(path, buffer);
}

Status merge_match_runs(std::vector<std::filesystem::path> runs, const std::filesystem::path& scratch,
                        const VisitMatch& visit) {
  std::size_t merged_count = 0;
  std::vector<std::filesystem::path> merged;  // ours to remove
  const auto clean = [&] {
    std::error_code ignored;
    for (const std::filesystem::path& path : merged) std::filesystem::remove(path, ignored);
  };
  while (runs.size() > kFanIn) {
    const std::filesystem::path target = scratch.string() + std::to_string(merged_count++);
    std::error_code ignored;
    std::filesystem::remove(target, ignored);  // of a run that was killed
    merged.push_back(target);
    if (auto status = merge_into(std::span(runs).first(kFanIn), target); !status) {
      clean();
      return status;
    }
    runs.erase(runs.begin(), runs.begin() + kFanIn);
    runs.push_back(target);
  }
  auto status = merge_once(runs, visit);
  clean();
  return status;
}

}  // namespace matcher
