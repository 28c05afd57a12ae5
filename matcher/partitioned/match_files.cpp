// Two steps: scatter, match part by part. Each is entered into the journal when it is done.
#include "matcher/partitioned/match_files.hpp"

#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include "matcher/engine/match_plan.hpp"
#include "matcher/engine/match_run.hpp"
#include "matcher/partitioned/scatter.hpp"

namespace matcher {
namespace {

using Json = nlohmann::json;

// How the budget is shared: estimates with room. A part's rows are there in columns, in normal forms and as keys, on
// both sides at once. At 64M people-1m (A3) peaks at 31 MB, rows with names of 10,000 characters at 23 MB.
constexpr std::size_t kSpillShare = 30;
constexpr std::size_t kScatterShare = 4;
constexpr std::size_t kMatchesShare = 12;
constexpr std::size_t kMostParts = 512;
constexpr std::size_t kPartsIfUnknown = 64;
constexpr std::size_t kReadBytes = 65536;

// The part of a group that is being matched, and what it has given so far.
struct Part {
  std::size_t group = 0;
  std::size_t number = 0;
  std::vector<SpilledMatch> matches{};
  std::size_t bytes = 0;  // of matches
  std::size_t runs = 0;
  std::uint64_t accepted = 0;
  std::vector<std::uint64_t> candidates{};
};

class Finder {
 public:
  Finder(const FindRequest& request, WorkFolder& folder, MatchPlan plan)
      : request_(request), folder_(folder), plan_(std::move(plan)), groups_(pass_groups(plan_, request.options)) {
    const std::uint64_t least = std::min(request.left.bytes, request.right.bytes);
    const std::uint64_t bytes = least == 0 ? 0 : std::max(request.left.bytes, request.right.bytes);
    parts_ = bytes == 0 ? kPartsIfUnknown : std::clamp<std::size_t>(bytes / most_side_bytes() + 1, 1, kMostParts);
    files_.candidate_counts.resize(plan_.passes.size());
    files_.scratch = folder.file("merged." + request.run);
  }

  Result<MatchFiles> find() {
    if (take_all()) return std::move(files_);
    if (auto status = agree_on_parts(); !status) return hand_on(status);
    for (const bool is_left : {true, false}) {
      auto scan = scatter(is_left ? request_.left : request_.right, scatter_request(is_left), folder_);
      if (!scan) return hand_on(scan);
      (is_left ? files_.left : files_.right) = std::move(*scan);
    }
    const PersonsTable left = table_of_columns(files_.left.columns);
    const PersonsTable right = table_of_columns(files_.right.columns);
    if (auto status = check_columns(request_.options, left.view(), right.view()); !status) return hand_on(status);
    for (std::size_t group = 0; group < groups_.size(); ++group) {
      for (std::size_t part = 0; part < parts_; ++part) {
        if (auto status = match_part(group, part); !status) return hand_on(status);
        if (request_.options.on_progress)
          request_.options.on_progress({"match", group * parts_ + part + 1, groups_.size() * parts_});
      }
    }
    if (auto status = complete_all(); !status) return hand_on(status);
    return std::move(files_);
  }

 private:
  // A run that goes on may have another budget, but not another number of parts.
  Status agree_on_parts() {
    const std::string step = request_.run + "parts";
    if (const auto known = folder_.result_of(step)) {
      parts_ = known->get<std::size_t>();
      return {};
    }
    return folder_.complete(step, parts_);
  }

  [[nodiscard]] std::size_t most_side_bytes() const { return request_.memory_bytes / kSpillShare; }

  [[nodiscard]] ScatterRequest scatter_request(bool is_left) const {
    return {groups_,
            request_.options,
            parts_,
            request_.memory_bytes / kScatterShare,
            is_left,
            request_.run,
            is_left ? request_.left_pool : request_.right_pool};
  }

  // All pairs of one part: left rows a portion at a time, each against the right rows a portion at a time.
  Status match_part(std::size_t group, std::size_t number) {
    const std::string step = fmt::format("{}match {} {}", request_.run, group, number);
    Part part{.group = group, .number = number, .candidates = std::vector<std::uint64_t>(plan_.passes.size())};
    const auto done = folder_.result_of(step);
    if (done && done->at("bytes") == bytes_of_runs(part, done->at("runs"))) return take_part(*done, part);
    for (std::size_t run = 0;; ++run) {  // what a killed run has left of this step
      std::error_code ignored;
      if (!std::filesystem::remove(run_file(part, run), ignored)) break;
    }
    if (auto status = match_portions(part); !status) return status;
    if (auto status = write_run(part); !status) return status;
    ::malloc_trim(0);
    const Json result = {{"runs", part.runs},
                         {"bytes", bytes_of_runs(part, part.runs)},
                         {"accepted", part.accepted},
                         {"candidates", part.candidates}};
    if (auto status = folder_.complete(step, result); !status) return status;
    return take_part(result, part);
  }

  Status match_portions(Part& part) {
    auto left = SpillReader::open(part_file(folder_, scatter_request(true), part.group, part.number), kReadBytes);
    if (!left) return hand_on(left);
    while (true) {
      const auto left_rows = read_rows(*left, files_.left.columns, most_side_bytes());
      if (!left_rows) return tl::unexpected(left_rows.error());
      if (left_rows->numbers.empty()) return {};
      auto right = SpillReader::open(part_file(folder_, scatter_request(false), part.group, part.number), kReadBytes);
      if (!right) return hand_on(right);
      while (true) {
        const auto right_rows = read_rows(*right, files_.right.columns, most_side_bytes());
        if (!right_rows) return tl::unexpected(right_rows.error());
        if (right_rows->numbers.empty()) break;
        if (auto status = match_portion(*left_rows, *right_rows, part); !status) return status;
      }
    }
  }

  Status match_portion(const NumberedRows& left, const NumberedRows& right, Part& part) {
    const PersonsView left_view = left.table.view();
    const PersonsView right_view = right.table.view();
    MatchOptions options = request_.options;
    options.on_progress = {};
    if (std::exchange(options.same_table, false)) {
      options.left_numbers = left.numbers;
      options.right_numbers = right.numbers;
    }
    MatchRun run(left_view, right_view, plan_, options);
    run.prepare();
    Status status;
    for (const std::size_t pass : groups_[part.group].passes) {
      run.match_pass(pass, [&](std::vector<Match>&& portion) {
        for (const Match& match : portion) {
          if (!status) return;
          keep(match, left, left_view, right, right_view, part);
          if (part.bytes >= request_.memory_bytes / kMatchesShare) status = write_run(part);
        }
      });
      if (!status) return status;
      part.candidates[pass] += run.candidate_counts()[pass];
    }
    return {};
  }

  void keep(const Match& match, const NumberedRows& left, const PersonsView& left_view, const NumberedRows& right,
            const PersonsView& right_view, Part& part) const {
    SpilledMatch& spilled = part.matches.emplace_back(
        SpilledMatch{left_view.id[match.left_row], right_view.id[match.right_row], left.numbers[match.left_row],
                     right.numbers[match.right_row], match.score, match.for_review, std::string()});
    if (request_.cells_of) append_cells(request_.cells_of(match, left_view, right_view), spilled.cells);
    part.bytes += sizeof(SpilledMatch) + spilled.cells.size();
    ++part.accepted;
  }

  Status write_run(Part& part) const {
    if (part.matches.empty()) return {};
    auto status = write_match_run(run_file(part, part.runs++), std::exchange(part.matches, {}));
    part.bytes = 0;
    return status;
  }

  [[nodiscard]] std::filesystem::path run_file(const Part& part, std::size_t run) const {
    return folder_.file(fmt::format("matches.{}{}.{}.{}", request_.run, part.group, part.number, run));
  }

  [[nodiscard]] std::uintmax_t bytes_of_runs(const Part& part, std::size_t runs) const {
    std::uintmax_t bytes = 0;
    for (std::size_t run = 0; run < runs; ++run) bytes += size_of_file(run_file(part, run));
    return bytes;
  }

  // A part is done: count it in.
  Status take_part(const Json& result, const Part& part) {
    for (std::size_t run = 0; run < result.at("runs").get<std::size_t>(); ++run) {
      files_.runs.push_back(run_file(part, run));
    }
    files_.accepted += result.at("accepted").get<std::uint64_t>();
    const auto candidates = result.at("candidates").get<std::vector<std::uint64_t>>();
    for (std::size_t pass = 0; pass < candidates.size(); ++pass) files_.candidate_counts[pass] += candidates[pass];
    return {};
  }

  [[nodiscard]] std::uintmax_t bytes_of_all() const {
    std::uintmax_t bytes = 0;
    for (const std::filesystem::path& run : files_.runs) bytes += size_of_file(run);
    return bytes;
  }

  Status complete_all() {
    Json names = Json::array();
    for (const std::filesystem::path& run : files_.runs) names.push_back(run.filename().string());
    auto status = folder_.complete(request_.run + "found", {{"left", to_json(files_.left)},
                                                            {"right", to_json(files_.right)},
                                                            {"accepted", files_.accepted},
                                                            {"candidates", files_.candidate_counts},
                                                            {"runs", names},
                                                            {"bytes", bytes_of_all()}});
    if (!status) return status;
    std::error_code ignored;
    for (const bool is_left : {true, false}) {
      for (std::size_t at = 0; at < groups_.size() * parts_; ++at) {
        std::filesystem::remove(part_file(folder_, scatter_request(is_left), at / parts_, at % parts_), ignored);
      }
    }
    return {};
  }

  // True if the journal says that all is found, and it is still there.
  bool take_all() {
    const auto done = folder_.result_of(request_.run + "found");
    if (!done) return false;
    for (const Json& name : done->at("runs")) files_.runs.push_back(folder_.file(name.get<std::string>()));
    if (done->at("bytes") != bytes_of_all()) {
      files_.runs.clear();
      return false;
    }
    files_.left = scan_from_json(done->at("left"));
    files_.right = scan_from_json(done->at("right"));
    files_.accepted = done->at("accepted");
    files_.candidate_counts = done->at("candidates").get<std::vector<std::uint64_t>>();
    return true;
  }

  const FindRequest& request_;
  WorkFolder& folder_;
  MatchPlan plan_;
  std::vector<PassGroup> groups_;
  std::size_t parts_ = 1;
  MatchFiles files_;
};

}  // namespace

CellsOfMatch cells_of_layout(MatchLayout layout, Algorithm algorithm) {
  auto rows = std::make_shared<MatchRows>(layout, algorithm);
  return [rows](const Match& match, const PersonsView& left, const PersonsView& right) {
    return rows->cells(match, left, right);
  };
}

EachMatch MatchFiles::each() const {
  return [this](const TakeMatch& take) {
    return visit([&](const SpilledMatch& match) -> Status {
      take({.left_row = match.left_row,
            .right_row = match.right_row,
            .for_review = match.for_review,
            .score = match.score});
      return {};
    });
  };
}

Result<MatchFiles> find_matches(const FindRequest& request, WorkFolder& folder) {
  auto plan = make_plan(request.options);
  if (!plan) return hand_on(plan);
  return Finder(request, folder, std::move(*plan)).find();
}

Status write_match_files(const MatchFiles& files, MatchLayout layout, Algorithm algorithm, TableSink& sink,
                         const RunWatch& watch, const KeepMatch& keep) {
  const PersonsTable left = table_of_columns(files.left.columns);
  const PersonsTable right = table_of_columns(files.right.columns);
  if (auto status = sink.begin(match_columns(layout, algorithm, left.view(), right.view())); !status) return status;
  StageWatch stage("write", files.accepted, watch);
  std::vector<Cell> cells;
  std::uint64_t place = 0;
  auto status = files.visit([&](const SpilledMatch& match) -> Status {
    stage.tick();
    if (keep && !keep(place++, match)) return {};
    read_cells(match.cells, cells);
    return sink.write(cells);
  });
  if (!status) return status;
  stage.look();
  return sink.finish();
}

}  // namespace matcher
