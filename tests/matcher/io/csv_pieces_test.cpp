// CSV text read in many pieces on several threads says the same as read in one go.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "matcher/io/csv_chunks.hpp"
#include "matcher/io/csv_reader.hpp"
#include "matcher/io/csv_scan.hpp"
#include "tests/scaled.hpp"

namespace {

using namespace matcher;
using assay::testing::scaled;

// Texts of everything that is hard about CSV; misplaced quotes only where asked for.
class RandomCsv {
 public:
  RandomCsv(std::uint64_t seed, bool stray_quotes) : random_(seed), stray_quotes_(stray_quotes) {}

  std::string text(char delimiter) {
    std::string text = "id,uuid,first_name,middle_name,last_name,birthdate\n";
    for (char& c : text) c = c == ',' ? delimiter : c;
    const std::uint64_t rows = below(40);
    for (std::uint64_t row = 0; row < rows; ++row) text += line(delimiter);
    if (below(3) == 0 && !text.empty()) text.pop_back();  // no line end at the end
    return text;
  }

 private:
  std::string line(char delimiter) {
    const char* end = below(3) == 0 ? "\r\n" : "\n";
    if (below(10) == 0) return end;
    const std::string id = below(12) == 0 ? "x" : std::to_string(below(1000));
    const std::string mark = below(30) == 0 ? "\xEF\xBB\xBF" : "";
    std::string line = mark + id;
    const std::uint64_t fields = below(12) == 0 ? below(7) : 4;
    for (std::uint64_t i = 0; i < fields; ++i) line += delimiter + field(delimiter);
    line += delimiter;
    line += below(12) == 0 ? "2001-02-30" : "2001-02-03";
    return line + end;
  }

  std::string field(char delimiter) {
    const std::vector<std::string> quoted = {"",  "\"\"",       "\n",      "\r\n", std::string(1, delimiter),
                                             "a", "\"\"\n\"\"", "\xC3\xB1"};
    const std::vector<std::string> plain = {"", "ana", " b ", "\r", "x\ry", "longer than sixteen bytes", "\xC3\xB1"};
    const std::vector<std::string> stray = {"O\"B", "\"", "\"a\"b", "\"\"\"", "a\""};
    if (stray_quotes_ && below(25) == 0) return stray[below(stray.size())];
    if (below(2) == 0) return plain[below(plain.size())];
    std::string field = "\"";
    for (std::uint64_t i = below(4); i > 0; --i) field += quoted[below(quoted.size())];
    return field + "\"";
  }

  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

  std::mt19937_64 random_;
  bool stray_quotes_;
};

// Everything a read says, as text.
std::string described(const Result<PersonsRead>& read) {
  if (!read) return read.error().message;
  const PersonsView view = read->table.view();
  std::string text = fmt::format("{} bad\n", read->report.bad_rows);
  for (const BadRow& row : read->report.examples) text += fmt::format("{} {}\n", row.line, row.reason);
  const auto cell = [](const TextColumn& column, std::size_t row) {
    return column.valid(row) ? "[" + std::string(column[row]) + "]" : std::string("null");
  };
  for (std::size_t row = 0; row < view.row_count; ++row) {
    text += fmt::format("{} {} {} {} {} {} {}\n", view.id[row], cell(view.uuid, row), cell(view.first_name, row),
                        cell(view.middle_name, row), cell(view.last_name, row), cell(view.text_id, row),
                        view.birthdate.valid(row) ? view.birthdate.days[row] : -1);
  }
  return text + (view.uuid.is_absent() ? "no uuid" : "uuid") + (view.text_id.is_absent() ? "" : ", text id");
}

class CsvPieces : public testing::TestWithParam<bool> {};

TEST_P(CsvPieces, AnyNumberOfPieces_SayTheSame) {
  RandomCsv random(GetParam() ? 3 : 4, GetParam());
  std::size_t failures = 0;
  const auto rounds = static_cast<int>(scaled(700));
  for (int round = 0; round < rounds; ++round) {
    CsvFormat format;
    format.delimiter = std::vector{',', ';', '\t'}[static_cast<std::size_t>(round) % 3];
    format.on_error = static_cast<OnError>(round / 3 % 3);
    format.ids = round % 5 == 0 ? IdKind::kText : IdKind::kNumber;
    format.trim = round % 7 == 0;
    const std::string text = random.text(format.delimiter);
    const std::string whole = described(parse_persons_csv_in_pieces(text, "t.csv", format, 1, 1));
    failures += whole.starts_with("t.csv:") ? 1U : 0U;
    for (const std::size_t pieces : {2U, 3U, 7U, 100U, 100000U}) {
      for (const unsigned threads : {1U, 3U}) {
        ASSERT_EQ(described(parse_persons_csv_in_pieces(text, "t.csv", format, pieces, threads)), whole)
            << pieces << " pieces of:\n"
            << text;
      }
    }
  }
  EXPECT_GT(failures, scaled(50)) << "too few bad texts to tell anything";
}

INSTANTIATE_TEST_SUITE_P(StrayQuotes, CsvPieces, testing::Bool());

TEST(CutCsv, Pieces_AreTheTextInOrderAndBeginAtRecords) {
  const std::string text = "a,\"x\ny\"\nb,\"\"\"\n\"\"\"\n\nc,d\ne";
  for (std::size_t count = 1; count < 2 * text.size(); ++count) {
    std::string joined;
    std::size_t line = 5;
    for (const CsvChunk& chunk : cut_csv(text, 5, count, 1)) {
      EXPECT_EQ(chunk.first_line, line);
      line += static_cast<std::size_t>(std::count(chunk.text.begin(), chunk.text.end(), '\n'));
      EXPECT_TRUE(joined.empty() || joined.back() == '\n');
      EXPECT_EQ(std::count(chunk.text.begin(), chunk.text.end(), '"') % 2, 0) << chunk.text;
      joined += chunk.text;
    }
    ASSERT_EQ(joined, text) << count;
  }
  EXPECT_EQ(cut_csv(text, 1, 1000, 1).size(), 5U) << "four records and a blank line";
  EXPECT_TRUE(cut_csv("", 1, 4, 1).empty());
}

TEST(CountMarks, AnyLength_CountsWhatIsThere) {
  std::mt19937_64 random(8);
  for (std::size_t size = 0; size < 9000; size += 1 + size / 20) {
    std::string text(size, 'a');
    for (char& c : text) c = random() % 2 == 0 ? '"' : random() % 8 == 0 ? '\n' : c;
    const CsvMarks marks = count_marks(text.data(), text.data() + text.size());
    ASSERT_EQ(marks.quotes, static_cast<std::size_t>(std::count(text.begin(), text.end(), '"'))) << size;
    ASSERT_EQ(marks.lines, static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'))) << size;
  }
  const std::string quotes(10000, '"');
  EXPECT_EQ(count_marks(quotes.data(), quotes.data() + quotes.size()).quotes, quotes.size());
}

TEST(CsvPieces, StrayQuote_LosesOnlyItsLine) {
  std::string text = "id,first_name,last_name,birthdate\n";
  for (int row = 0; row < 300; ++row) {
    text += row == 100 ? "100,\"Jo\"e,x,\n" : row == 200 ? "200,O\"B,x,\n" : fmt::format("{},a,\"b\nc\",\n", row);
  }
  CsvFormat format;
  format.on_error = OnError::kSkip;
  for (const std::size_t pieces : {1U, 50U}) {
    const auto read = parse_persons_csv_in_pieces(text, "t.csv", format, pieces, 2);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->table.view().row_count, 298U);
    ASSERT_EQ(read->report.bad_rows, 2U);
    EXPECT_EQ(read->report.examples[0].line, 202U);
    EXPECT_EQ(read->report.examples[1].line, 401U);
  }
}

}  // namespace
