// Results as CSV or as a workbook.
#include "matcher/cli/result_output.hpp"

#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

#include "matcher/cli/input_flags.hpp"
#include "matcher/io/csv_sink.hpp"
#include "matcher/mysql/endpoint.hpp"
#include "matcher/mysql/mysql_sink.hpp"

namespace matcher {
namespace {

using Json = nlohmann::ordered_json;

// {"left": {"rows": 2}} -> left.rows, 2
Status write_values(const std::string& prefix, const Json& value, TableSink& sink) {
  if (value.is_structured()) {
    for (const auto& [key, member] : value.items()) {
      if (auto status = write_values(prefix.empty() ? key : prefix + "." + key, member, sink); !status) return status;
    }
    return {};
  }
  const std::string text = value.is_string() ? value.get<std::string>() : value.is_null() ? "" : value.dump();
  return sink.write(
      std::array<Cell, 2>{Cell{.type = CellType::kText, .text = prefix}, Cell{.type = CellType::kText, .text = text}});
}

}  // namespace

Result<std::unique_ptr<TableSink>> open_table_sink(const std::string& target, bool replace, Publication& outputs) {
  if (!is_mysql_url(target)) return open_csv_sink(target, &outputs);
  const auto endpoint = parse_mysql_url(target);
  if (!endpoint) return tl::unexpected(endpoint.error());
  MysqlSinkOptions options;
  options.replace = replace;
  options.publication = &outputs;
  options.connect.is_cancelled = outputs.is_cancelled();
  auto sink = MysqlSink::open(*endpoint, environment_credentials(Side::kLeft), std::move(options));
  if (!sink) return hand_on(sink);
  return std::move(*sink);
}

Result<ResultOutput> ResultOutput::open(const std::string& path, bool replace, Publication& outputs) {
  ResultOutput output(path, replace, outputs);
  if (std::filesystem::path(path).extension() != ".xlsx") return output;
  auto workbook = XlsxWorkbook::open(path);
  if (!workbook) return hand_on(workbook);
  output.workbook_.emplace(std::move(*workbook));
  return output;
}

Result<TableSink*> ResultOutput::table(const std::string& name) {
  auto table = workbook_ ? workbook_->sheet(name) : open_table_sink(path_, replace_, *outputs_);
  if (!table) return hand_on(table);
  return tables_.emplace_back(std::move(*table)).get();
}

Status ResultOutput::finish(const Json& summary, const RunWatch& watch) {
  if (!workbook_) return {};
  const auto sheet = table("Summary");
  if (!sheet) return tl::unexpected(sheet.error());
  const std::vector<Column> columns = {{"key", CellType::kText}, {"value", CellType::kText}};
  if (auto status = (*sheet)->begin(columns); !status) return status;
  if (auto status = write_values("", summary, **sheet); !status) return status;
  if (auto status = (*sheet)->finish(); !status) return status;
  return workbook_->finish(watch, outputs_);
}

}  // namespace matcher
