// CSV text read whole, in tiny blocks and in pieces: always the same rows, bad rows and errors.
#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "matcher/fuzz/require.hpp"
#include "matcher/io/csv_chunks.hpp"
#include "matcher/io/csv_reader.hpp"
#include "matcher/io/csv_source.hpp"
#include "matcher/io/persons_parser.hpp"

namespace {

using namespace matcher::fuzz;
using matcher::CsvFormat;

constexpr std::string_view kName = "t.csv";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Everything that a reader can tell, as text.
struct Outcome {
  std::string rows;
  std::string bad_rows;
  std::string error;
};

std::string shown(const matcher::PersonsTable& table) {
  std::string out;
  const matcher::PersonsView view = table.view();
  for (std::size_t row = 0; row < table.id.size(); ++row) {
    out += std::to_string(table.id[row]);
    out += view.birthdate.valid(row) ? ' ' + std::to_string(view.birthdate.days[row]) : " null";
    for (const auto column : matcher::kTextColumns) {
      const matcher::TextColumn text = (table.*column).view();
      out += text.is_absent() ? " absent" : !text.valid(row) ? " null" : " '" + escaped(text.text_or_empty(row)) + "'";
    }
    out += '\n';
  }
  return out;
}

std::string shown(const matcher::ReadReport& report) {
  std::string out = std::to_string(report.bad_rows);
  for (const matcher::BadRow& bad : report.examples) out += '\n' + std::to_string(bad.line) + ' ' + bad.reason;
  return out;
}

// The choices that the first bytes make.
struct Choices {
  CsvFormat format;
  std::size_t block_bytes = 1;
  std::size_t batch_rows = 1;
  std::size_t pieces = 1;
};

Choices take_choices(std::string_view& bytes) {
  constexpr std::array kDelimiters = {',', ';', '\t', '|'};
  constexpr std::array<std::string_view, 4> kPatterns = {"yyyy-mm-dd", "dd.mm.yyyy", "yyyymmdd", "mm/dd/yyyy"};
  const unsigned kind = take_byte(bytes);
  Choices choices;
  choices.format.delimiter = kDelimiters[kind % 4];
  choices.format.trim = (kind / 4) % 2 != 0;
  choices.format.ids = (kind / 8) % 2 != 0 ? matcher::IdKind::kText : matcher::IdKind::kNumber;
  const unsigned rows = take_byte(bytes);
  choices.format.on_error = static_cast<matcher::OnError>(rows % 3);
  choices.format.dates = matcher::DateFormat::of(kPatterns[(rows / 4) % kPatterns.size()]).value();
  const unsigned sizes = take_byte(bytes);
  choices.block_bytes = 1 + sizes % 32;
  choices.batch_rows = 1 + (sizes / 32) % 4;
  choices.pieces = 1 + take_byte(bytes) % 32;
  return choices;
}

Outcome read_whole(std::string_view text, const CsvFormat& format) {
  const auto read = matcher::parse_persons_csv(text, kName, format, 1);
  if (!read) return {.rows = {}, .bad_rows = {}, .error = read.error().message};
  return {.rows = shown(read->table), .bad_rows = shown(read->report), .error = {}};
}

Outcome read_in_blocks(std::string_view text, const Choices& choices) {
  const auto source = matcher::csv_source_of(std::make_unique<matcher::MemoryStream>(text), std::string(kName),
                                             choices.format, choices.block_bytes);
  Outcome outcome;
  for (bool more = true; more;) {
    matcher::PersonsTable table;
    auto answer = source->read(table, choices.batch_rows);
    if (!answer) return {.rows = {}, .bad_rows = {}, .error = answer.error().message};
    require(table.id.size() <= choices.batch_rows, "a batch has too many rows");
    outcome.rows += shown(table);
    more = *answer;
  }
  outcome.bad_rows = shown(source->report());
  return outcome;
}

void require_same(const Outcome& found, const Outcome& expected, const std::string& what) {
  const auto check = [&](const std::string& a, const std::string& b) {
    if (a != b) require(false, what, "found:\n" + a + "\nexpected:\n" + b);
  };
  check(found.error, expected.error);
  check(found.rows, expected.rows);
  check(found.bad_rows, expected.bad_rows);
}

bool has_bad_quotes(std::string_view text, const CsvFormat& format, const matcher::CsvHeader& header) {
  CsvFormat skipping = format;
  skipping.on_error = matcher::OnError::kSkip;
  matcher::PersonsParser parser(text, kName, skipping, header, header.next_line);
  matcher::PersonsTable table;
  matcher::ReadReport report;
  require(parser.parse(table, text.size() + 1, report).has_value(), "a skipped row has ended the read");
  return parser.met_bad_quotes();
}

// Nothing if a piece met bad quotes.
std::optional<Outcome> read_in_pieces(std::string_view text, const Choices& choices, const matcher::CsvHeader& header) {
  Outcome outcome;
  std::vector<matcher::PersonsTable> tables;
  matcher::ReadReport report;
  std::size_t bytes = 0;
  for (const matcher::CsvChunk& chunk : matcher::cut_csv(text, header.next_line, choices.pieces, 1)) {
    require(chunk.text.data() == text.data() + bytes, "pieces do not follow one another");
    bytes += chunk.text.size();
    matcher::PersonsParser parser(chunk.text, kName, choices.format, header, chunk.first_line);
    const auto answer = parser.parse(tables.emplace_back(), text.size() + 1, report);
    if (parser.met_bad_quotes()) return std::nullopt;
    if (!answer && outcome.error.empty()) outcome.error = answer.error().message;
  }
  require(bytes == text.size(), "pieces are not the whole text");
  if (!outcome.error.empty()) return outcome;
  if (tables.empty()) return std::nullopt;
  auto table = matcher::concatenate(std::move(tables), 1).value();
  if (choices.format.ids == matcher::IdKind::kText) std::iota(table.id.begin(), table.id.end(), 1);
  outcome.rows = shown(table);
  outcome.bad_rows = shown(report);
  return outcome;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text = text_of(data, size);
  const Choices choices = take_choices(text);
  const Outcome whole = read_whole(text, choices.format);
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) text.remove_prefix(kByteOrderMark.size());
  require_same(read_in_blocks(text, choices), whole, "blocks and the whole text differ");
  const auto header = matcher::read_csv_header(text, kName, choices.format);
  if (!header) return 0;
  require(whole.error.empty() || choices.format.on_error == matcher::OnError::kFail, "a bad row has ended the read",
          whole.error);
  text.remove_prefix(header->bytes);
  const auto pieces = read_in_pieces(text, choices, *header);
  if (pieces) {
    require_same(*pieces, whole, "pieces and the whole text differ");
  } else {
    require(text.empty() || has_bad_quotes(text, choices.format, *header), "only a piece has bad quotes");
  }
  return 0;
}
