// How the CSV file of a persons table is written, and what happens to rows that are not right.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/io/text_stream.hpp"
#include "matcher/model/date.hpp"
#include "matcher/parallel/cancellation.hpp"
#include "matcher/parallel/progress.hpp"

namespace matcher {

// What the file calls each column.
struct ColumnNames {
  std::string id = "id";
  std::string uuid = "uuid";
  std::string first_name = "first_name";
  std::string middle_name = "middle_name";
  std::string last_name = "last_name";
  std::string birthdate = "birthdate";
  std::string hh_id = "hh_id";
  std::string barangay_code = "barangay_code";
  std::string city_code = "city_code";
};

enum class IdKind : std::uint8_t {
  kNumber,  // a 64-bit whole number
  kText,    // anything but empty; id is the row's number from 1 on, text_id what the file says
};

// A row with the wrong number of fields, a bad quote, no id, an impossible date: kFail ends the read with an error,
// kSkip leaves the row out and counts it, kReport also keeps what was wrong.
enum class OnError : std::uint8_t { kFail, kSkip, kReport };
inline constexpr std::array<std::string_view, 3> kOnErrorNames = {"fail", "skip", "report"};

struct CsvFormat {
  char delimiter = ',';
  TextEncoding encoding = TextEncoding::kUtf8;
  bool trim = false;  // white space around fields, the header's too
  ColumnNames names{};
  // Columns that a run does not use cost time and memory: false leaves them out as if the file had none.
  bool reads_households = true;  // uuid, hh_id
  bool reads_places = true;      // barangay_code, city_code
  IdKind ids = IdKind::kNumber;
  DateFormat dates{};
  bool bad_dates_are_null = false;  // a birthdate that is no date reads as empty, and is counted
  OnError on_error = OnError::kFail;
  CancelCallback is_cancelled{};   // asked now and then; a read that it ends answers kCancelled
  ProgressCallback on_progress{};  // of a whole file, in bytes
};

struct BadRow {
  std::size_t line = 0;  // from 1
  std::string reason{};
};

// Rows that kSkip keeps as examples.
inline constexpr std::size_t kMostSkippedExamples = 10;

struct ReadReport {
  std::size_t bad_rows = 0;
  std::size_t bad_dates = 0;       // read as empty
  std::vector<BadRow> examples{};  // all of them with kReport, the first of them with kSkip
};

}  // namespace matcher
