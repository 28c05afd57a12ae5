// Turns CSV records into rows of a persons table.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/io/csv_format.hpp"
#include "matcher/io/csv_records.hpp"
#include "matcher/io/person_fields.hpp"
#include "matcher/model/error.hpp"
#include "matcher/model/persons_table.hpp"

namespace matcher {

// Where each column of a persons table stands in a record.
struct CsvHeader {
  std::size_t field_count = 0;
  std::size_t id = 0;
  std::size_t birthdate = 0;
  std::array<std::optional<std::size_t>, kPersonTextFields.size()> text{};
  std::size_t next_line = 2;
  std::size_t bytes = 0;  // up to the first row
};

// The header of a text, its first record. Errors: kBadInput (no header, a required column missing or named twice).
[[nodiscard]] Result<CsvHeader> read_csv_header(std::string_view text, std::string_view name, const CsvFormat& format);

// A stretch of records.
class PersonsParser {
 public:
  // All must outlive the object. text: whole records after the header.
  // is_last: there is no more text; otherwise a record that the end of the text may have cut is left alone.
  PersonsParser(std::string_view text, std::string_view name, const CsvFormat& format, const CsvHeader& header,
                std::size_t first_line, bool is_last = true);

  // Declares the columns of the file in the table.
  static void declare(PersonsTable& table, const CsvHeader& header, const CsvFormat& format);

  // Appends rows until the text ends or max_rows are there; false if it has ended. Bad rows go into report, or end the
  // read as format.on_error says. Errors: kBadInput with file and line.
  [[nodiscard]] Result<bool> parse(PersonsTable& table, std::size_t max_rows, ReadReport& report);

  // Once parse has answered false: what is left of a text that is not the last, and its line.
  [[nodiscard]] std::string_view rest() const { return records_.from_record(); }
  [[nodiscard]] std::size_t rest_line() const { return records_.line(); }

  // A quote has stood where none may.
  [[nodiscard]] bool met_bad_quotes() const { return met_bad_quotes_; }

 private:
  [[nodiscard]] std::optional<std::string> problem_of_row();
  void append_row(PersonsTable& table);
  [[nodiscard]] std::string_view field(std::size_t position) const;
  [[nodiscard]] Status bad_row(std::string reason, ReadReport& report) const;
  [[nodiscard]] Status check_room(const PersonsTable& table) const;
  void reserve(PersonsTable& table, std::size_t max_rows) const;

  std::string name_;
  const CsvFormat& format_;
  const CsvHeader& header_;
  CsvRecords records_;
  std::int64_t id_ = 0;
  std::optional<std::int32_t> birthdate_;
  std::size_t records_read_ = 0;
  bool had_bad_date_ = false;
  bool is_last_;
  bool met_bad_quotes_ = false;
  std::size_t text_bytes_;
};

}  // namespace matcher
