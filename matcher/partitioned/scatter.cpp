// Reads a table once and writes its rows by key.
#include "matcher/partitioned/scatter.hpp"

#include <fmt/format.h>

#include <system_error>

#include "matcher/engine/prepared_table.hpp"
#include "matcher/engine/row_keys.hpp"

namespace matcher {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kBatchRows = 8192;
constexpr std::size_t kMostRows = 0x7fffffff;  // row numbers are 32-bit

const char* side_name(bool is_left) {
  return is_left ? "left" : "right";
}

Json to_json(const Scattered& scattered) {
  Json examples = Json::array();
  for (const BadRow& row : scattered.facts.report.examples) examples.push_back({row.line, row.reason});
  return {{"rows", scattered.facts.rows},
          {"bad_rows", scattered.facts.report.bad_rows},
          {"bad_dates", scattered.facts.report.bad_dates},
          {"examples", examples},
          {"ids_ascend", scattered.facts.ids_ascend},
          {"nulls", scattered.facts.nulls},
          {"columns", scattered.columns}};
}

Scattered from_json(const Json& json) {
  Scattered scattered;
  scattered.facts.rows = json.at("rows");
  scattered.facts.report.bad_rows = json.at("bad_rows");
  scattered.facts.report.bad_dates = json.at("bad_dates");
  for (const Json& row : json.at("examples")) {
    scattered.facts.report.examples.push_back({row[0].get<std::size_t>(), row[1].get<std::string>()});
  }
  scattered.facts.ids_ascend = json.at("ids_ascend");
  scattered.facts.nulls = json.at("nulls");
  scattered.columns = json.at("columns");
  return scattered;
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
    return part_file(folder_, request_.is_left, at / request_.parts, at % request_.parts);
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
      bytes += size_of_file(part_file(folder, request.is_left, group, part));
    }
  }
  return bytes;
}

void count(const PersonsView& batch, std::optional<std::int64_t>& last_id, TableFacts& facts) {
  for (std::size_t row = 0; row < batch.row_count; ++row) {
    facts.ids_ascend = facts.ids_ascend && (!last_id || batch.id[row] > *last_id);
    last_id = batch.id[row];
    facts.nulls[0] += batch.first_name.valid(row) ? 0U : 1U;
    facts.nulls[1] += batch.middle_name.valid(row) ? 0U : 1U;
    facts.nulls[2] += batch.last_name.valid(row) ? 0U : 1U;
    facts.nulls[3] += batch.birthdate.valid(row) ? 0U : 1U;
  }
  facts.rows += batch.row_count;
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
      if (keys[row] == kNoKey) continue;
      const auto number = static_cast<std::uint32_t>(first_number + row);
      if (auto status = files.append(group, keys[row], batch, row, number); !status) return status;
    }
  }
  return {};
}

}  // namespace

std::filesystem::path part_file(const WorkFolder& folder, bool is_left, std::size_t group, std::size_t part) {
  return folder.file(fmt::format("{}.{}.{}", side_name(is_left), group, part));
}

Result<Scattered> scatter(const PartitionedInput& input, const ScatterRequest& request, WorkFolder& folder) {
  const std::string step = fmt::format("scatter {}", side_name(request.is_left));
  const auto done = folder.result_of(step);
  if (done && done->at("bytes") == bytes_of_files(request, folder)) return from_json(*done);
  auto source = input.open();
  if (!source) return hand_on(source);
  PartFiles files(request, folder);
  Scattered scattered;
  std::optional<std::int64_t> last_id;
  for (bool more = true; more;) {
    PersonsTable batch;
    const auto read = (*source)->read(batch, kBatchRows);
    if (!read) return tl::unexpected(read.error());
    more = *read;
    scattered.columns |= declared_columns(batch);
    const std::uint64_t first_number = scattered.facts.rows;
    count(batch.view(), last_id, scattered.facts);
    if (scattered.facts.rows > kMostRows) {
      return fail(ErrorKind::kBadInput, "{}: has more than {} rows; split it", (*source)->name(), kMostRows);
    }
    if (auto status = scatter_batch(batch, first_number, request, files); !status) return hand_on(status);
    if (request.options.on_progress) request.options.on_progress({"read", scattered.facts.rows, 0});
  }
  if (auto status = files.finish(); !status) return hand_on(status);
  scattered.facts.report = (*source)->report();
  Json result = to_json(scattered);
  result["bytes"] = bytes_of_files(request, folder);
  if (auto status = folder.complete(step, result); !status) return hand_on(status);
  return scattered;
}

}  // namespace matcher
