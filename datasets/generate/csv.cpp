#include "datasets/generate/csv.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/generate/parallel.hpp"
#include "datasets/load/column_view.hpp"
#include "datasets/load/output_file.hpp"
#include "harness/core/files.hpp"

namespace assay::datasets {
namespace {

constexpr std::uint64_t kRowsPerPiece = 1 << 15;

void append_text(std::string_view field, std::string* out) {
  if (!field.empty() && field.find_first_of(",\"\r\n") == std::string_view::npos) {
    out->append(field);
    return;
  }
  out->push_back('"');
  for (const char c : field) {
    if (c == '"') out->push_back('"');
    out->push_back(c);
  }
  out->push_back('"');
}

template <class T>
void append_number(T number, std::string* out) {
  std::array<char, 32> digits;
  const auto result = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  out->append(digits.data(), result.ptr);
}

void append_date(std::int32_t day, std::string* out) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  const auto two = [&](unsigned number) {
    out->push_back(static_cast<char>('0' + number / 10));
    out->push_back(static_cast<char>('0' + number % 10));
  };
  const auto year = static_cast<unsigned>(static_cast<int>(date.year()));
  two(year / 100);
  two(year % 100);
  out->push_back('-');
  two(static_cast<unsigned>(date.month()));
  out->push_back('-');
  two(static_cast<unsigned>(date.day()));
}

void append_field(const assay_column& column, std::uint64_t row, std::string* out) {
  if (is_null(column, row)) return;
  switch (column.type) {
    case ASSAY_TYPE_INT32:
      return append_number(value<std::int32_t>(column, row), out);
    case ASSAY_TYPE_INT64:
      return append_number(value<std::int64_t>(column, row), out);
    case ASSAY_TYPE_UINT32:
      return append_number(value<std::uint32_t>(column, row), out);
    case ASSAY_TYPE_UINT64:
      return append_number(value<std::uint64_t>(column, row), out);
    case ASSAY_TYPE_FLOAT64:
      return append_number(value<double>(column, row), out);
    case ASSAY_TYPE_DATE32:
      return append_date(value<std::int32_t>(column, row), out);
    default:
      return append_text(text(column, row), out);
  }
}

std::string heading(const assay_table& table) {
  std::string line;
  for (std::uint32_t index = 0; index < table.column_count; ++index) {
    if (index > 0) line.push_back(',');
    append_text(table.columns[index]->name, &line);
  }
  return line + '\n';
}

void append_rows(const assay_table& table, std::uint64_t begin, std::uint64_t end, std::string* out) {
  for (std::uint64_t row = begin; row < end; ++row) {
    for (std::uint32_t index = 0; index < table.column_count; ++index) {
      if (index > 0) out->push_back(',');
      append_field(*table.columns[index], row, out);
    }
    out->push_back('\n');
  }
}

// Formats as many pieces at a time as there are threads and writes them in order.
Status write_table(const assay_table& table, OutputFile& file, unsigned threads, const OnProgress& on_progress) {
  ASSAY_CHECK(file.write(heading(table)));
  std::vector<std::string> pieces(std::max(1U, threads));
  for (std::uint64_t begin = 0; begin < table.row_count; begin += kRowsPerPiece * pieces.size()) {
    for_each_index(pieces.size(), threads, [&](std::uint64_t piece) {
      const std::uint64_t from = std::min(begin + piece * kRowsPerPiece, table.row_count);
      pieces[piece].clear();
      append_rows(table, from, std::min(from + kRowsPerPiece, table.row_count), &pieces[piece]);
    });
    for (const std::string& piece : pieces) ASSAY_CHECK(file.write(piece));
    const std::uint64_t done = std::min(begin + kRowsPerPiece * pieces.size(), table.row_count);
    if (on_progress && !on_progress({table.name, done, table.row_count})) {
      return fail(ErrorKind::kInterrupted, "stopped while writing table '{}' as CSV; nothing was kept", table.name);
    }
  }
  return {};
}

}  // namespace

Status write_csv(const Dataset& dataset, const std::filesystem::path& folder, unsigned threads,
                 const OnProgress& on_progress) {
  ASSAY_CHECK(make_folder(folder));
  std::vector<OutputFile> files;
  for (const TableEntry& entry : dataset.manifest().tables) {
    ASSAY_TRY(OutputFile file, OutputFile::create(folder / (entry.name + ".csv")));
    ASSAY_CHECK(write_table(*dataset.table(entry.name), file, threads, on_progress));
    files.push_back(std::move(file));
  }
  // Three files that belong together: none of them stays if one cannot be put in its place.
  for (OutputFile& file : files) {
    if (Status committed = file.commit(); !committed) {
      std::error_code ignored;
      for (const TableEntry& entry : dataset.manifest().tables) {
        std::filesystem::remove(folder / (entry.name + ".csv"), ignored);
      }
      return committed;
    }
  }
  return {};
}

}  // namespace assay::datasets
