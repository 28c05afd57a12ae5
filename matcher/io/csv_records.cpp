// Splits CSV text into records and fields.
#include "matcher/io/csv_records.hpp"

#include <algorithm>

#include "matcher/io/csv_scan.hpp"

namespace matcher {
namespace {

constexpr std::size_t kPrintableBytes = 40;

}  // namespace

std::string printable(std::string_view value) {
  const bool cut = value.size() > kPrintableBytes;
  std::size_t size = std::min(value.size(), kPrintableBytes);
  while (cut && size > 0 && (static_cast<unsigned char>(value[size]) & 0xC0U) == 0x80U)
    --size;  // whole UTF-8 sequences
  std::string text(value.substr(0, size));
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, '?');
  return cut ? text + "..." : text;
}

CsvRecords::CsvRecords(std::string_view content, std::string_view name, char delimiter, std::size_t first_line)
    : name_(name),
      delimiter_(delimiter),
      position_(content.data()),
      record_begin_(content.data()),
      end_(content.data() + content.size()),
      line_(first_line),
      record_line_(first_line) {}

Result<bool> CsvRecords::next() {
  fields_.clear();
  if (!unescaped_.empty()) unescaped_.clear();
  skip_blank_lines();
  record_line_ = line_;
  record_begin_ = position_;
  reached_end_ = false;
  if (position_ == end_) return false;
  while (true) {
    auto field = position_ != end_ && *position_ == '"' ? read_quoted_field() : read_field();
    if (!field) {
      // skip_line goes on after the line, so it must be there.
      if (std::find(record_begin_, end_, '\n') == end_) reached_end_ = true;
      return hand_on(field);
    }
    if (at_end_of_record()) return true;
    ++position_;  // the delimiter
  }
}

void CsvRecords::skip_line() {
  line_ = record_line_;
  const char* line_end = std::find(record_begin_, end_, '\n');
  if (line_end != end_) {
    ++line_end;
    ++line_;
  }
  position_ = line_end;
}

void CsvRecords::skip_blank_lines() {
  while (position_ != end_) {
    const bool crlf = *position_ == '\r' && position_ + 1 != end_ && position_[1] == '\n';
    if (!crlf && *position_ != '\n') return;
    position_ += crlf ? 2 : 1;
    ++line_;
  }
}

Status CsvRecords::read_field() {
  const char* begin = position_;
  const char* p = position_;
  while (true) {
    p = find_special(p, end_, delimiter_);
    if (p == end_ || *p == delimiter_ || *p == '\n') break;
    if (*p == '\r' && p + 1 != end_ && p[1] == '\n') break;
    if (*p == '"') {
      return fail(
          ErrorKind::kBadInput,
          "{}:{}: field {} has a quote inside unquoted text; put the whole field in quotes and double the quote", name_,
          line_, fields_.size() + 1);
    }
    ++p;  // a lone carriage return is text
  }
  fields_.emplace_back(begin, static_cast<std::size_t>(p - begin));
  position_ = p;
  return {};
}

Status CsvRecords::read_quoted_field() {
  constexpr auto kLimit = static_cast<std::ptrdiff_t>(kMostQuotedBytes);
  const std::size_t opening_line = line_;
  const char* begin = ++position_;
  std::string* unescaped = nullptr;
  while (true) {
    const char* limit = end_ - begin > kLimit ? begin + kLimit : end_;
    const char* quote = std::find(position_, limit, '"');
    line_ += static_cast<std::size_t>(std::count(position_, quote, '\n'));
    if (quote == limit) {
      reached_end_ = limit == end_;
      return fail(ErrorKind::kBadInput, "{}:{}: field {} opens a quote that is never closed; close it or remove it",
                  name_, opening_line, fields_.size() + 1);
    }
    position_ = quote + 1;
    if (position_ == end_ || *position_ != '"') {
      const std::string_view rest(begin, static_cast<std::size_t>(quote - begin));
      fields_.push_back(unescaped == nullptr ? rest : std::string_view(unescaped->append(rest)));
      break;
    }
    if (unescaped == nullptr) unescaped = &unescaped_.emplace_back();
    unescaped->append(begin, position_);  // with one of the two quotes
    begin = ++position_;
  }
  const bool closed = position_ == end_ || *position_ == delimiter_ || *position_ == '\n' ||
                      (*position_ == '\r' && position_ + 1 != end_ && position_[1] == '\n');
  if (closed) return {};
  if (*position_ == '\r' && position_ + 1 == end_) reached_end_ = true;  // a line feed would make it a line end
  return fail(ErrorKind::kBadInput, "{}:{}: field {} has text after its closing quote; double every quote inside it",
              name_, line_, fields_.size());
}

// Consumes the line end, if there is one. Fields stop only at a comma, a line end or the end of the text.
bool CsvRecords::at_end_of_record() {
  if (position_ == end_) return true;
  if (*position_ == delimiter_) return false;
  position_ += *position_ == '\r' ? 2 : 1;
  ++line_;
  return true;
}

}  // namespace matcher
