// Splits CSV text into records and fields (RFC 4180; LF or CRLF; an optional UTF-8 byte order mark).
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
  // content must outlive the object; name stands for the file in error texts.
  CsvRecords(std::string_view content, std::string_view name);

  // Reads the next record; false at the end of the text. Errors: kBadInput with file and line.
  [[nodiscard]] Result<bool> next();

  // Valid until the next call of next(); quoted and unquoted fields look alike.
  [[nodiscard]] const std::vector<std::string_view>& fields() const { return fields_; }

  // Line, from 1, on which the current record begins.
  [[nodiscard]] std::size_t line() const { return record_line_; }

 private:
  void skip_blank_lines();
  [[nodiscard]] Status read_field();
  [[nodiscard]] Status read_quoted_field();
  [[nodiscard]] bool at_end_of_record();

  std::string_view name_;
  const char* position_;
  const char* end_;
  std::size_t line_ = 1;
  std::size_t record_line_ = 1;
  std::vector<std::string_view> fields_;
  std::deque<std::string> unescaped_;  // quoted fields that held doubled quotes; a deque keeps their addresses
};

// A value as it may stand in an error text: one line, at most 40 bytes, control characters replaced.
[[nodiscard]] std::string printable(std::string_view value);

}  // namespace matcher
