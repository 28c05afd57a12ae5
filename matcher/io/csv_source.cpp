// CSV text in blocks; a record that a block cuts is parsed again with the next.
#include "matcher/io/csv_source.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "matcher/io/csv_records.hpp"
#include "matcher/io/persons_parser.hpp"
#include "matcher/io/text_stream.hpp"

namespace matcher {
namespace {

class CsvSource final : public PersonsSource {
 public:
  CsvSource(std::unique_ptr<ByteStream> stream, std::string name, const CsvFormat& format, std::size_t block_bytes)
      : stream_(std::move(stream)), name_(std::move(name)), format_(format), block_bytes_(block_bytes) {}

  Result<bool> read(PersonsTable& table, std::size_t max_rows) override {
    if (!header_) {
      if (auto status = read_header(); !status) return hand_on(status);
    }
    PersonsParser::declare(table, *header_, format_);
    const std::size_t rows_before = table.id.size();
    while (table.id.size() - rows_before < max_rows) {
      if (!parser_) {
        if (auto status = fill(); !status) return hand_on(status);
        parser_.emplace(block_, name_, format_, *header_, line_, at_end_);
      }
      auto more = parser_->parse(table, max_rows - (table.id.size() - rows_before), report_);
      if (!more) return hand_on(more);
      if (*more) break;
      if (at_end_) return number_ids(table, rows_before, false);
      line_ = parser_->rest_line();
      block_ = std::string(parser_->rest());
      parser_.reset();
      if (table.id.size() > rows_before) break;  // a block's worth: rows may be long
    }
    return number_ids(table, rows_before, true);
  }

  ReadReport report() const override { return report_; }
  std::string name() const override { return name_; }

 private:
  // Rows are numbered through all batches.
  bool number_ids(PersonsTable& table, std::size_t rows_before, bool more) {
    for (std::size_t row = rows_before; row < table.id.size() && format_.ids == IdKind::kText; ++row) {
      table.id[row] = ++rows_read_;
    }
    return more;
  }

  // Adds a block; a record may be longer than one.
  Status fill() {
    const std::size_t before = block_.size();
    const std::size_t wanted = std::max(block_bytes_, before);
    block_.resize(before + wanted);
    std::size_t count = 0;
    while (count < wanted && !at_end_) {
      auto read = stream_->read(block_.data() + before + count, wanted - count);
      if (!read) return hand_on(read);
      count += *read;
      at_end_ = *read == 0;
    }
    block_.resize(before + count);
    return {};
  }

  // The header must be whole before it can be read.
  Status read_header() {
    do {
      if (auto status = fill(); !status) return status;
    } while (!at_end_ && !begins_with_record());
    auto header = read_csv_header(block_, name_, format_);
    if (!header) return hand_on(header);
    header_ = *header;
    line_ = header_->next_line;
    block_.erase(0, header_->bytes);
    return {};
  }

  // Blank lines may come before it, and it may hold line ends.
  bool begins_with_record() const {
    CsvRecords records(block_, name_, format_.delimiter);
    static_cast<void>(records.next());
    return !records.reached_end();
  }

  std::unique_ptr<ByteStream> stream_;
  std::string name_;
  CsvFormat format_;
  std::size_t block_bytes_;
  std::optional<CsvHeader> header_;
  std::string block_;
  std::size_t line_ = 1;
  bool at_end_ = false;
  std::optional<PersonsParser> parser_;
  ReadReport report_;
  std::int64_t rows_read_ = 0;
};

}  // namespace

Result<std::unique_ptr<PersonsSource>> open_csv_source(const std::filesystem::path& path, const CsvFormat& format) {
  auto stream = TextStream::open(path, format.encoding, format.is_cancelled);
  if (!stream) return hand_on(stream);
  return csv_source_of(std::move(*stream).release(), path.string(), format);
}

std::unique_ptr<PersonsSource> csv_source_of(std::unique_ptr<ByteStream> text, std::string name,
                                             const CsvFormat& format, std::size_t block_bytes) {
  return std::make_unique<CsvSource>(std::move(text), std::move(name), format, block_bytes);
}

}  // namespace matcher
