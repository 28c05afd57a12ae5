// Formats cells into a block and hands full blocks on.
#include "matcher/io/csv_sink.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <array>
#include <cassert>
#include <iterator>
#include <string>
#include <utility>

#include "matcher/io/compressed_output.hpp"
#include "matcher/io/decimal.hpp"

namespace matcher {
namespace {

constexpr std::size_t kBlockBytes = 65536;  // few system calls, and small enough to stay in cache

// True for the characters that have a field quoted wherever they stand.
constexpr std::array<bool, 256> kQuoted = [] {
  std::array<bool, 256> quoted{};
  for (const char c : {',', '\n', '\r', '"'}) quoted[static_cast<unsigned char>(c)] = true;
  return quoted;
}();

bool needs_quotes(std::string_view text) {
  if (text.empty()) return false;
  if (text.front() == ' ' || text.back() == ' ') return true;
  for (const char c : text) {
    if (kQuoted[static_cast<unsigned char>(c)]) return true;
  }
  return false;
}

void append_text(std::string& out, std::string_view text) {
  if (!needs_quotes(text)) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

template <auto kWrite>
void append_fixed(std::string& out, double value, int decimals) {
  if (!has_fixed_range(value)) {
    fmt::format_to(std::back_inserter(out), "{:.{}f}", value, decimals);
    return;
  }
  std::array<char, kMostFixedDigits> digits;
  out.append(digits.data(), kWrite(digits.data(), value));
}

void append_cell(std::string& out, const Cell& cell) {
  switch (cell.type) {
    case CellType::kNull:
      return;
    case CellType::kInteger: {
      const fmt::format_int digits(cell.integer);
      out.append(digits.data(), digits.size());
      return;
    }
    case CellType::kText:
      append_text(out, cell.text);
      return;
    case CellType::kPercent2:
      append_fixed<write_fixed2>(out, cell.real, 2);
      return;
    case CellType::kPercent6:
      append_fixed<write_fixed6>(out, cell.real, 6);
      return;
    case CellType::kFloat:
      fmt::format_to(std::back_inserter(out), FMT_COMPILE("{}"), static_cast<float>(cell.real));
      return;
  }
}

class CsvSink final : public TableSink {
 public:
  CsvSink(CompressedOutput output, Publication* publication) : output_(std::move(output)), publication_(publication) {
    block_.reserve(2 * kBlockBytes);
  }

  [[nodiscard]] Status begin(std::span<const Column> columns) override {
    assert(!columns.empty() && "a table has columns");
    column_count_ = columns.size();
    for (const Column& column : columns) {
      append_text(block_, column.name);
      block_ += ',';
    }
    return end_line(0);
  }

  [[nodiscard]] Status write(std::span<const Cell> row) override {
    assert(row.size() == column_count_ && "one cell per column");
    const std::size_t start = block_.size();
    for (const Cell& cell : row) {
      append_cell(block_, cell);
      block_ += ',';
    }
    return end_line(start);
  }

  [[nodiscard]] Status finish() override {
    auto status = flush();
    if (!status) return status;
    if (publication_ == nullptr) return output_.commit();
    auto file = output_.release();
    if (!file) return hand_on(file);
    return publication_->add(std::move(*file));
  }

 private:
  // Makes the last comma the end of the line that began at start.
  [[nodiscard]] Status end_line(std::size_t start) {
    if (block_.size() == start + 1) block_.insert(start, "\"\"");  // readers skip blank lines
    block_.back() = '\n';
    return block_.size() < kBlockBytes ? Status{} : flush();
  }

  [[nodiscard]] Status flush() {
    auto status = output_.write(block_);
    block_.clear();
    return status;
  }

  CompressedOutput output_;
  Publication* publication_;  // null: none
  std::size_t column_count_ = 0;
  std::string block_;
};

}  // namespace

Result<std::unique_ptr<TableSink>> open_csv_sink(const std::filesystem::path& path, Publication* publication) {
  auto output = CompressedOutput::open(path, publication == nullptr ? CancelCallback{} : publication->is_cancelled());
  if (!output) return hand_on(output);
  return std::make_unique<CsvSink>(std::move(*output), publication);
}

}  // namespace matcher
