// The three steps: scatter, match part by part, merge. Each is entered into the journal when it is done.
#include "matcher/partitioned/partitioned_match.hpp"

#include <fmt/format.h>
#include <malloc.h>
#include <xxhash.h>

#include <algorithm>
#include <new>
#include <system_error>
#include <utility>

#include "matcher/engine/match_plan.hpp"
#include "matcher/engine/match_run.hpp"
#include "matcher/partitioned/match_spill.hpp"
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
// A kept match of a selection other than `all`: the match, its place in the order, what the choice needs beside it.
constexpr std::size_t kBytesPerChoice = 160;

class PartitionedRun {
 public:
  PartitionedRun(const PartitionedInput& left, const PartitionedInput& right, const MatchOptions& options,
                 const PartitionedOptions& partitioned, MatchPlan plan)
      : left_input_(left), right_input_(right), options_(options), partitioned_(partitioned), plan_(std::move(plan)) {
    groups_ = pass_groups(plan_, options_);
    const std::uint64_t bytes = left.bytes == 0 || right.bytes == 0 ? 0 : std::max(left.bytes, right.bytes);
    parts_ = bytes == 0 ? kPartsIfUnknown : std::clamp<std::size_t>(bytes / most_side_bytes() + 1, 1, kMostParts);
    result_.candidate_counts.resize(plan_.passes.size());
  }

  Result<PartitionedResult> run(const OpenSink& open_sink, const ConcludeRun& conclude) {
    auto folder = WorkFolder::open(partitioned_.work_folder, fingerprint(), partitioned_.resume);
    if (!folder) return hand_on(folder);
    if (auto status = agree_on_parts(*folder); !status) return hand_on(status);
    for (const bool is_left : {true, false}) {
      auto scattered =
          scatter(is_left ? left_input_ : right_input_,
                  {groups_, options_, parts_, partitioned_.memory_bytes / kScatterShare, is_left}, *folder);
      if (!scattered) return hand_on(scattered);
      (is_left ? left_ : right_) = std::move(*scattered);
    }
    PersonsTable left_columns;
    PersonsTable right_columns;
    declare_columns(left_.columns, left_columns);
    declare_columns(right_.columns, right_columns);
    if (auto status = check_columns(options_, left_columns.view(), right_columns.view()); !status)
      return hand_on(status);
    result_.left = left_.facts;
    result_.right = right_.facts;
    for (std::size_t group = 0; group < groups_.size(); ++group) {
      for (std::size_t part = 0; part < parts_; ++part) {
        if (auto status = match_part(group, part, *folder); !status) return hand_on(status);
        if (options_.on_progress) options_.on_progress({"match", group * parts_ + part + 1, groups_.size() * parts_});
      }
    }
    auto sink = open_sink();
    if (!sink) return hand_on(sink);
    if (auto status = merge(*folder, **sink); !status) return hand_on(status);
    if (conclude) {
      if (auto status = conclude(result_); !status) return hand_on(status);
    }
    folder->remove();
    return result_;
  }

 private:
  // A run that goes on may have another budget, but not another number of parts.
  Status agree_on_parts(WorkFolder& folder) {
    if (const auto known = folder.result_of("parts")) {
      parts_ = known->get<std::size_t>();
      return {};
    }
    return folder.complete("parts", parts_);
  }

  [[nodiscard]] std::size_t most_side_bytes() const { return partitioned_.memory_bytes / kSpillShare; }

  // Everything that shapes the files.
  [[nodiscard]] std::string fingerprint() const {
    Json keys = Json::array();
    for (const BlockingKey& key : options_.blocking_keys) keys.push_back(key.text);
    const Conventions& conventions = options_.conventions;
    const std::string text =
        Json({left_input_.identity, right_input_.identity, algorithm_name(options_.algorithm),
              options_.threshold_percent, options_.review_percent.value_or(-1.0),
              static_cast<int>(conventions.normalizer), static_cast<int>(conventions.length_unit),
              conventions.code_length, conventions.null_equals_null, static_cast<int>(options_.date_test),
              options_.direct_normalization, keys, static_cast<int>(partitioned_.layout)})
            .dump(-1, ' ', false, Json::error_handler_t::replace);
    // Of the bytes, as two names that differ in damaged UTF-8 only look the same in JSON.
    const std::string identities = left_input_.identity + '\0' + right_input_.identity + '\0' + text;
    const XXH128_hash_t digest = XXH3_128bits(identities.data(), identities.size());
    return fmt::format("{:016x}{:016x}", digest.high64, digest.low64);
  }

  // All pairs of one part: left rows a portion at a time, each against the right rows a portion at a time.
  Status match_part(std::size_t group, std::size_t part, WorkFolder& folder) {
    const std::string step = fmt::format("match {} {}", group, part);
    const auto done = folder.result_of(step);
    if (done && done->at("bytes") == bytes_of_runs(folder, group, part, done->at("runs"))) {
      return take_part(*done, group, part, folder);
    }
    for (std::size_t run = 0;; ++run) {  // what a killed run has left of this step
      std::error_code ignored;
      if (!std::filesystem::remove(run_file(folder, group, part, run), ignored)) break;
    }
    PartOutput output{{}, 0, 0, 0, std::vector<std::uint64_t>(plan_.passes.size())};
    auto left = SpillReader::open(part_file(folder, true, group, part), kReadBytes);
    if (!left) return hand_on(left);
    while (true) {
      const auto left_rows = read_rows(*left, left_.columns, most_side_bytes());
      if (!left_rows) return tl::unexpected(left_rows.error());
      if (left_rows->numbers.empty()) break;
      auto right = SpillReader::open(part_file(folder, false, group, part), kReadBytes);
      if (!right) return hand_on(right);
      while (true) {
        const auto right_rows = read_rows(*right, right_.columns, most_side_bytes());
        if (!right_rows) return tl::unexpected(right_rows.error());
        if (right_rows->numbers.empty()) break;
        if (auto status = match_portion(*left_rows, *right_rows, group, part, folder, output); !status) return status;
      }
    }
    if (auto status = write_run(group, part, folder, output); !status) return status;
    ::malloc_trim(0);
    const Json result = {{"runs", output.runs},
                         {"bytes", bytes_of_runs(folder, group, part, output.runs)},
                         {"accepted", output.accepted},
                         {"candidates", output.candidates}};
    if (auto status = folder.complete(step, result); !status) return status;
    return take_part(result, group, part, folder);
  }

  struct PartOutput {
    std::vector<SpilledMatch> matches;
    std::size_t bytes;  // of matches
    std::size_t runs;
    std::uint64_t accepted;
    std::vector<std::uint64_t> candidates;
  };

  Status match_portion(const NumberedRows& left, const NumberedRows& right, std::size_t group, std::size_t part,
                       const WorkFolder& folder, PartOutput& output) {
    const PersonsView left_view = left.table.view();
    const PersonsView right_view = right.table.view();
    MatchOptions quiet = options_;
    quiet.on_progress = {};
    MatchRun run(left_view, right_view, plan_, quiet);
    run.prepare();
    MatchRows rows(partitioned_.layout, options_.algorithm);
    Status status;
    for (const std::size_t pass : groups_[group].passes) {
      run.match_pass(pass, [&](std::vector<Match>&& portion) {
        for (const Match& match : portion) {
          if (!status) return;
          SpilledMatch& spilled = output.matches.emplace_back(SpilledMatch{left_view.id[match.left_row],
                                                                           right_view.id[match.right_row],
                                                                           left.numbers[match.left_row],
                                                                           right.numbers[match.right_row],
                                                                           match.score,
                                                                           match.for_review,
                                                                           {}});
          append_cells(rows.cells(match, left_view, right_view), spilled.cells);
          output.bytes += sizeof(SpilledMatch) + spilled.cells.size();
          ++output.accepted;
          if (output.bytes >= partitioned_.memory_bytes / kMatchesShare)
            status = write_run(group, part, folder, output);
        }
      });
      if (!status) return status;
      output.candidates[pass] += run.candidate_counts()[pass];
    }
    return {};
  }

  Status write_run(std::size_t group, std::size_t part, const WorkFolder& folder, PartOutput& output) {
    if (output.matches.empty()) return {};
    auto status = write_match_run(run_file(folder, group, part, output.runs++), std::exchange(output.matches, {}));
    output.bytes = 0;
    return status;
  }

  [[nodiscard]] static std::filesystem::path run_file(const WorkFolder& folder, std::size_t group, std::size_t part,
                                                      std::size_t run) {
    return folder.file(fmt::format("matches.{}.{}.{}", group, part, run));
  }

  [[nodiscard]] static std::uintmax_t bytes_of_runs(const WorkFolder& folder, std::size_t group, std::size_t part,
                                                    std::size_t runs) {
    std::uintmax_t bytes = 0;
    for (std::size_t run = 0; run < runs; ++run) bytes += size_of_file(run_file(folder, group, part, run));
    return bytes;
  }

  // A part is done: count it in.
  Status take_part(const Json& result, std::size_t group, std::size_t part, const WorkFolder& folder) {
    for (std::size_t run = 0; run < result.at("runs").get<std::size_t>(); ++run) {
      runs_.push_back(run_file(folder, group, part, run));
    }
    result_.accepted += result.at("accepted").get<std::uint64_t>();
    const auto candidates = result.at("candidates").get<std::vector<std::uint64_t>>();
    for (std::size_t pass = 0; pass < candidates.size(); ++pass) result_.candidate_counts[pass] += candidates[pass];
    return {};
  }

  Status merge(const WorkFolder& folder, TableSink& sink) {
    std::vector<bool> kept;
    if (partitioned_.selection != Selection::kAll) {
      if (auto status = choose(folder, kept); !status) return status;
    }
    PersonsTable left;
    PersonsTable right;
    declare_columns(left_.columns, left);
    declare_columns(right_.columns, right);
    const auto columns = match_columns(partitioned_.layout, options_.algorithm, left.view(), right.view());
    if (auto status = sink.begin(columns); !status) return status;
    std::vector<Cell> cells;
    std::uint64_t number = 0;
    auto status = merge_match_runs(runs_, folder.file("merged."), [&](const SpilledMatch& match) -> Status {
      if (++number % kMatchesPerPoll == 0 && options_.is_cancelled && options_.is_cancelled()) throw Cancelled();
      if (!kept.empty() && !kept[number - 1]) return {};
      ++(match.for_review ? result_.review : result_.matches);
      read_cells(match.cells, cells);
      return sink.write(cells);
    });
    if (!status) return status;
    return sink.finish();
  }

  // The selections that need all matches at once.
  Status choose(const WorkFolder& folder, std::vector<bool>& kept) {
    if (result_.accepted * kBytesPerChoice > partitioned_.memory_bytes) {
      return fail(ErrorKind::kBadInput,
                  "choosing among {} pairs needs about {} MB, the budget is {} MB; go on with --resume and more "
                  "--memory, or with "
                  "--select all",
                  result_.accepted, result_.accepted * kBytesPerChoice >> 20, partitioned_.memory_bytes >> 20);
    }
    std::vector<Match> matches;
    matches.reserve(result_.accepted);
    auto status = merge_match_runs(runs_, folder.file("merged."), [&](const SpilledMatch& match) -> Status {
      matches.push_back({.left_row = match.left_row,
                         .right_row = match.right_row,
                         .for_review = match.for_review,
                         .score = match.score});
      return {};
    });
    if (!status) return status;
    kept = choose_matches(matches, partitioned_.selection, result_.left.rows, result_.right.rows);
    return {};
  }

  static constexpr std::size_t kReadBytes = 65536;
  static constexpr std::uint64_t kMatchesPerPoll = 4096;

  const PartitionedInput& left_input_;
  const PartitionedInput& right_input_;
  const MatchOptions& options_;
  const PartitionedOptions& partitioned_;
  MatchPlan plan_;
  std::vector<PassGroup> groups_;
  std::size_t parts_ = 1;
  Scattered left_;
  Scattered right_;
  std::vector<std::filesystem::path> runs_;
  PartitionedResult result_;
};

}  // namespace

Result<PartitionedResult> match_partitioned(const PartitionedInput& left, const PartitionedInput& right,
                                            const MatchOptions& options, const PartitionedOptions& partitioned,
                                            const OpenSink& open_sink, const ConcludeRun& conclude) {
  if (partitioned.memory_bytes < kLeastMemoryBytes) {
    return fail(ErrorKind::kBadInput, "{} bytes of memory are too little; give at least {}M", partitioned.memory_bytes,
                kLeastMemoryBytes >> 20);
  }
  auto plan = make_plan(options);
  if (!plan) return hand_on(plan);
  try {
    return PartitionedRun(left, right, options, partitioned, std::move(*plan)).run(open_sink, conclude);
  } catch (const Cancelled&) {
    return fail(ErrorKind::kCancelled, "cancelled; run again with --resume to go on");
  } catch (const std::bad_alloc&) {
    return fail(ErrorKind::kInternal, "out of memory; give a smaller budget with --memory");
  } catch (const std::system_error& error) {
    return fail(ErrorKind::kInternal, "cannot start threads: {}; ask for fewer", error.what());
  }
}

}  // namespace matcher
