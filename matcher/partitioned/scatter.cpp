// Reads a table once and writes its rows by key.
#include "matcher/partitioned/scatter.hpp"

#include <fmt/format.h>

#include <system_error>

#include "matcher/engine/prepared_table.hpp"
#include "matcher/engine/row_keys.hpp"
#include "matcher/parallel/stage_watch.hpp"

namespace matcher {
namespace {

const char* side_name(bool is_left) {
  return is_left ? "left" : "right";
}

// The buffers of all files of one side.
class PartFiles {
 public:
  PartFiles(const ScatterRequest& request, const WorkFolder& folder)
      : request_(request),
        folder_(folder),
        buffers_(request.groups.size() * request.parts),
        flush_bytes_(request.buffer_bytes / buffers_.size()) {
    std::error_code ignored;  // what a killed run has left of this step
    for (std::size_t i = 0; i < buffers_.size(); ++i) std::filesystem::remove(path(i), ignored);
  }

  Status append(std::size_t group, std::uint64_t key, const PersonsTable& table, std::size_t row,
                std::uint32_t number) {
    constexpr std::uint64_t kOdd = 0xa0761d6478bd642fULL;  // other bits than the joins within a part use
    const std::size_t at = group * request_.parts + ((key * kOdd) >> 32) % request_.parts;
    append_row(table, row, number, buffers_[at]);
    return buffers_[at].size() < flush_bytes_ ? Status{} : flush(at);
  }

  Status finish() {
    for (std::size_t at = 0; at < buffers_.size(); ++at) {
      if (auto status = flush(at); !status) return status;
    }
    return {};
  }

 private:
  [[nodiscard]] std::filesystem::path path(std::size_t at) const {
    return part_file(folder_, request_, at / request_.parts, at % request_.parts);
  }
  Status flush(std::size_t at) {
    if (buffers_[at].empty()) return {};
    auto status = append_to_file(path(at), buffers_[at]);
    buffers_[at].clear();
    return status;
  }

  const ScatterRequest& request_;
  const WorkFolder& folder_;
  std::vector<std::string> buffers_;  // by group, then part
  std::size_t flush_bytes_;
};

std::uintmax_t bytes_of_files(const ScatterRequest& request, const WorkFolder& folder) {
  std::uintmax_t bytes = 0;
  for (std::size_t group = 0; group < request.groups.size(); ++group) {
    for (std::size_t part = 0; part < request.parts; ++part) {
      bytes += size_of_file(part_file(folder, request, group, part));
    }
  }
  return bytes;
}

Status scatter_batch(const PersonsTable& batch, std::uint64_t first_number, const ScatterRequest& request,
                     PartFiles& files) {
  MatchPlan plan;
  plan.forms = forms_of_groups(request.groups);
  const PreparedTable prepared = prepare_table(batch.view(), plan, request.options, 1);
  for (std::size_t group = 0; group < request.groups.size(); ++group) {
    const PassGroup& key = request.groups[group];
    const auto keys = row_keys(prepared, request.is_left ? key.left : key.right, {}, 1, request.options.is_cancelled);
    for (std::size_t row = 0; row < keys.size(); ++row) {
      const auto number = static_cast<std::uint32_t>(first_number + row);
      if (keys[row] == kNoKey || (request.pool != nullptr && !(*request.pool)[number])) continue;
      if (auto status = files.append(group, keys[row], batch, row, number); !status) return status;
    }
  }
  return {};
}

}  // namespace

std::filesystem::path part_file(const WorkFolder& folder, const ScatterRequest& request, std::size_t group,
                                std::size_t part) {
  return folder.file(fmt::format("{}.{}{}.{}", side_name(request.is_left), request.run, group, part));
}

Result<TableScan> scatter(const PartitionedInput& input, const ScatterRequest& request, WorkFolder& folder) {
  const std::string step = fmt::format("{}scatter {}", request.run, side_name(request.is_left));
  const auto done = folder.result_of(step);
  if (done && done->at("bytes") == bytes_of_files(request, folder)) return scan_from_json(*done);
  PartFiles files(request, folder);
  const RunWatch watch{request.options.is_cancelled, request.options.on_progress};
  StageWatch stage("read", 0, watch);
  auto scan = scan_table(input, [&](const PersonsTable& batch, std::uint64_t first_number) {
    stage.tick(batch.id.size());
    return scatter_batch(batch, first_number, request, files);
  });
  if (!scan) return scan;
  if (auto status = files.finish(); !status) return hand_on(status);
  nlohmann::json result = to_json(*scan);
  result["bytes"] = bytes_of_files(request, folder);
  if (auto status = folder.complete(step, result); !status) return hand_on(status);
  return scan;
}

}  // namespace matcher
