// Where a command's results go: a CSV file or database table, or a workbook with several tables and the summary.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "matcher/io/table_sink.hpp"
#include "matcher/model/error.hpp"
#include "matcher/xlsx/xlsx_workbook.hpp"

namespace matcher {

// Where one table goes: a database table if the target is mysql://..., else a CSV file. Credentials come from the
// environment (MATCHER_MYSQL_USER, MATCHER_MYSQL_PASSWORD) or an option file. Errors: kInternal, kBadInput.
[[nodiscard]] Result<std::unique_ptr<TableSink>> open_table_sink(const std::string& target, bool replace);

// Call order: open table+ finish. Move-only. A CSV file appears when its table is finished, a workbook with finish.
class ResultOutput {
 public:
  // mysql://...: a database table, which gives way if there is one and `replace` says so; .xlsx: a workbook; anything
  // else: CSV. Errors: kInternal, kBadInput.
  [[nodiscard]] static Result<ResultOutput> open(const std::string& path, bool replace);

  [[nodiscard]] bool is_workbook() const { return workbook_.has_value(); }

  // The next table, which must be finished before the next call. A CSV file has one. Errors: as open_csv_sink and
  // XlsxWorkbook::sheet.
  [[nodiscard]] Result<std::unique_ptr<TableSink>> table(const std::string& name);

  // Adds the summary to a workbook as key and value, and commits it.
  [[nodiscard]] Status finish(const nlohmann::ordered_json& summary);

 private:
  ResultOutput(std::string path, bool replace) : path_(std::move(path)), replace_(replace) {}

  std::string path_;
  bool replace_;
  std::optional<XlsxWorkbook> workbook_;
};

}  // namespace matcher
