// Writes rows as they come and reads them back.
#include "matcher/partitioned/spilled_table.hpp"

#include <string>
#include <utility>

#include "matcher/partitioned/row_spill.hpp"

namespace matcher {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 20;

class SpilledSource final : public PersonsSource {
 public:
  SpilledSource(SpillReader reader, ColumnMask columns, std::string name)
      : reader_(std::move(reader)), columns_(columns), name_(std::move(name)) {}

  [[nodiscard]] Result<bool> read(PersonsTable& table, std::size_t max_rows) override {
    declare_columns(columns_, table);
    for (std::size_t i = 0; i < max_rows; ++i) {
      const auto row = read_row(reader_, columns_, table);
      if (!row) return tl::unexpected(row.error());
      if (!*row) return false;
    }
    return true;
  }
  [[nodiscard]] std::string name() const override { return name_; }

 private:
  SpillReader reader_;
  ColumnMask columns_;
  std::string name_;
};

PartitionedInput input_of(const std::filesystem::path& path, ColumnMask columns) {
  return {.name = path.string(),
          .identity = path.string(),
          .bytes = size_of_file(path),
          .open = [path, columns]() -> Result<std::unique_ptr<PersonsSource>> {
            auto reader = SpillReader::open(path, kBufferBytes);
            if (!reader) return hand_on(reader);
            return std::make_unique<SpilledSource>(std::move(*reader), columns, path.string());
          }};
}

}  // namespace

Result<SpilledTable> spill_table(const PartitionedInput& source, bool is_left, const RunWatch& watch,
                                 WorkFolder& folder) {
  const std::string name = is_left ? "left.rows" : "right.rows";
  const std::filesystem::path path = folder.file(name);
  const std::string step = "spill " + name;
  const auto done = folder.result_of(step);
  if (done && done->at("bytes") == size_of_file(path)) {
    TableScan scan = scan_from_json(*done);
    return SpilledTable{scan, input_of(path, scan.columns)};
  }
  std::error_code ignored;
  std::filesystem::remove(path, ignored);  // what a killed run has left of this step
  std::string buffer;
  StageWatch stage("read", 0, watch);
  auto scan = scan_table(source, [&](const PersonsTable& batch, std::uint64_t first_number) -> Status {
    for (std::size_t row = 0; row < batch.id.size(); ++row) {
      stage.tick();
      append_row(batch, row, static_cast<std::uint32_t>(first_number + row), buffer);
    }
    if (buffer.size() < kBufferBytes) return {};
    auto status = append_to_file(path, buffer);
    buffer.clear();
    return status;
  });
  if (!scan) return hand_on(scan);
  if (auto status = append_to_file(path, buffer); !status) return hand_on(status);
  nlohmann::json result = to_json(*scan);
  result["bytes"] = size_of_file(path);
  if (auto status = folder.complete(step, result); !status) return hand_on(status);
  return SpilledTable{*scan, input_of(path, scan->columns)};
}

Status each_row(const SpilledTable& table, const VisitRow& visit) {
  const auto scan = scan_table(table.input, [&](const PersonsTable& batch, std::uint64_t) -> Status {
    const PersonsView view = batch.view();
    for (std::size_t row = 0; row < view.row_count; ++row) visit(view, row);
    return {};
  });
  return scan ? Status{} : Status{tl::unexpected(scan.error())};
}

}  // namespace matcher
