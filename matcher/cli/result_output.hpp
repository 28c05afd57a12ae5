// Where a command's results go: a CSV file or database table, or a workbook with several tables and the summary.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "matcher/io/publication.hpp"
#include "matcher/io/table_sink.hpp"
#include "matcher/model/error.hpp"
#include "matcher/parallel/stage_watch.hpp"
#include "matcher/xlsx/xlsx_workbook.hpp"

namespace matcher {

// Where one table goes: a database table if the target is mysql://..., else a CSV file. Credentials come from the
// environment (MATCHER_MYSQL_USER, MATCHER_MYSQL_PASSWORD) or an option file. The table appears with the outputs, and a
// database's sink must outlive that. Errors: kInternal, kBadInput.
[[nodiscard]] Result<std::unique_ptr<TableSink>> open_table_sink(const std::string& target, bool replace,
                                                                 Publication& outputs);

// Call order: open table+ finish. Move-only. All that is written appears with the outputs, which this object must
// outlive.
class ResultOutput {
 public:
  // mysql://...: a database table, which gives way if there is one and `replace` says so; .xlsx: a workbook; anything
  // else: CSV. Errors: kInternal, kBadInput.
  [[nodiscard]] static Result<ResultOutput> open(const std::string& path, bool replace, Publication& outputs);

  [[nodiscard]] bool is_workbook() const { return workbook_.has_value(); }

  // The next table, which must be finished before the next call, and lives as long as this object. A CSV file has one.
  // Errors: as open_csv_sink and XlsxWorkbook::sheet.
  [[nodiscard]] Result<TableSink*> table(const std::string& name);

  // Adds the summary to a workbook as key and value, and ends it. Throws Cancelled.
  [[nodiscard]] Status finish(const nlohmann::ordered_json& summary, const RunWatch& watch);

 private:
  ResultOutput(std::string path, bool replace, Publication& outputs)
      : path_(std::move(path)), replace_(replace), outputs_(&outputs) {}

  std::string path_;
  bool replace_;
  Publication* outputs_;
  std::optional<XlsxWorkbook> workbook_;
  std::vector<std::unique_ptr<TableSink>> tables_;
};

}  // namespace matcher
