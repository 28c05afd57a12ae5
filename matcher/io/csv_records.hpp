// Splits CSV text into records and fields (RFC 4180; LF or CRLF; any delimiter).
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/model/error.hpp"

namespace matcher {

// Call order: (next fields* line*)*. Blank lines are skipped. Quotes are strict: a quoted field ends at its closing
// quote, a doubled quote inside is one quote, and a quote inside an unquoted field is an error.
class CsvRecords {
 public:
  // The longest quoted field: beyond it the quote is taken for one that is never closed.
  static constexpr std::size_t kMostQuotedBytes = std::size_t{16} << 20;

  // content: without a byte order mark, which would be text; must outlive the object. name stands for the file in error
  // texts.
  CsvRecords(std::string_view content, std::string_view name, char delimiter = ',', std::size_t first_line = 1);

  // Reads the next record; false at the end of the text. Errors: kBadInput with file and line; after one, skip_line or
  // nothing.
  [[nodiscard]] Result<bool> next();

  // Gives up the current record and goes on after the line it begins on, wherever its quotes stand.
  void skip_line();

  // Valid until the next call of next(); quoted and unquoted fields look alike.
  [[nodiscard]] const std::vector<std::string_view>& fields() const { return fields_; }

  // What has not been read yet.
  [[nodiscard]] std::string_view rest() const { return {position_, static_cast<std::size_t>(end_ - position_)}; }
  // Line, from 1, that is read next.
  [[nodiscard]] std::size_t next_line() const { return line_; }

  // True if the last call of next() has looked up to the end of the text: with more text its answer, or that of
  // skip_line after an error, might be another.
  [[nodiscard]] bool reached_end() const { return reached_end_ || position_ == end_; }
  // The text from the beginning of the current record on.
  [[nodiscard]] std::string_view from_record() const {
    return {record_begin_, static_cast<std::size_t>(end_ - record_begin_)};
  }

  // Line, from 1, on which the current record begins.
  [[nodiscard]] std::size_t line() const { return record_line_; }

 private:
  void skip_blank_lines();
  [[nodiscard]] Status read_field();
  [[nodiscard]] Status read_quoted_field();
  [[nodiscard]] bool at_end_of_record();

  std::string_view name_;
  char delimiter_;
  const char* position_;
  const char* record_begin_;
  const char* end_;
  bool reached_end_ = false;
  std::size_t line_;
  std::size_t record_line_;
  std::vector<std::string_view> fields_;
  std::deque<std::string> unescaped_;  // quoted fields that held doubled quotes; a deque keeps their addresses
};

// A value as it may stand in an error text: one line, at most 40 bytes, control characters replaced.
[[nodiscard]] std::string printable(std::string_view value);

}  // namespace matcher
