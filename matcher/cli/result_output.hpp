// The file of a command's results: a CSV file with one table, or a workbook with several and the summary.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "matcher/io/table_sink.hpp"
#include "matcher/model/error.hpp"
#include "matcher/xlsx/xlsx_workbook.hpp"

namespace matcher {

// Call order: open table+ finish. Move-only. A CSV file appears when its table is finished, a workbook with finish.
class ResultOutput {
 public:
  // .xlsx: a workbook; anything else: CSV. Errors: kInternal, kBadInput.
  [[nodiscard]] static Result<ResultOutput> open(const std::string& path);

  [[nodiscard]] bool is_workbook() const { return workbook_.has_value(); }

  // The next table, which must be finished before the next call. A CSV file has one. Errors: as open_csv_sink and
  // XlsxWorkbook::sheet.
  [[nodiscard]] Result<std::unique_ptr<TableSink>> table(const std::string& name);

  // Adds the summary to a workbook as key and value, and commits it.
  [[nodiscard]] Status finish(const nlohmann::ordered_json& summary);

 private:
  explicit ResultOutput(std::string path) : path_(std::move(path)) {}

  std::string path_;
  std::optional<XlsxWorkbook> workbook_;
};

}  // namespace matcher
