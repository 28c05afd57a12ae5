// Reads a table of persons from CSV text, in pieces on several threads.
#include "matcher/io/csv_reader.hpp"

#include <algorithm>
#include <atomic>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

#include "matcher/io/csv_chunks.hpp"
#include "matcher/io/persons_parser.hpp"
#include "matcher/io/text_input.hpp"
#include "matcher/parallel/fork_join.hpp"

namespace matcher {
namespace {

constexpr std::size_t kAllRows = std::numeric_limits<std::size_t>::max();
// A piece is worth a thread from here on: about a millisecond of parsing.
constexpr std::size_t kLeastChunkBytes = std::size_t{1} << 20;
constexpr std::size_t kMostChunks = 64;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct Piece {
  PersonsTable table{};
  ReadReport report{};
  Status status{};
  bool met_bad_quotes = false;
};

void parse_piece(const CsvChunk& chunk, std::string_view name, const CsvFormat& format, const CsvHeader& header,
                 Piece& piece) {
  PersonsParser parser(chunk.text, name, format, header, chunk.first_line);
  auto more = parser.parse(piece.table, kAllRows, piece.report);
  if (!more) piece.status = hand_on(more);
  piece.met_bad_quotes = parser.met_bad_quotes();
}

Result<PersonsRead> join(std::vector<Piece> pieces, std::string_view name, const CsvFormat& format, unsigned threads) {
  PersonsRead read;
  std::vector<PersonsTable> tables;
  for (Piece& piece : pieces) {
    if (!piece.status) return hand_on(piece.status);
    read.report.bad_rows += piece.report.bad_rows;
    read.report.bad_dates += piece.report.bad_dates;
    read.report.examples.insert(read.report.examples.end(), piece.report.examples.begin(), piece.report.examples.end());
    tables.push_back(std::move(piece.table));
  }
  if (format.on_error == OnError::kSkip && read.report.examples.size() > kMostSkippedExamples) {
    read.report.examples.resize(kMostSkippedExamples);
  }
  auto table = concatenate(std::move(tables), threads);
  if (!table) {
    return fail(ErrorKind::kBadInput, "{}: a column holds more than {} bytes; match with --memory, or split the file",
                name, TextBuilder::kMaxBytes);
  }
  read.table = std::move(*table);
  return read;
}

// More pieces than threads, as lines are not equally long; one thread need not cut, nor join afterwards.
std::size_t pieces_for(std::string_view content, unsigned threads) {
  return std::clamp<std::size_t>(content.size() / kLeastChunkBytes, 1, threads == 1 ? 1 : kMostChunks);
}

// content: without a byte order mark.
Result<PersonsRead> parse_text(std::string_view content, std::string_view name, const CsvFormat& format,
                               std::size_t piece_count, unsigned threads) {
  const auto header = read_csv_header(content, name, format);
  if (!header) return tl::unexpected(header.error());
  content.remove_prefix(header->bytes);
  std::vector<CsvChunk> chunks = cut_csv(content, header->next_line, piece_count, threads);
  if (chunks.empty()) chunks.push_back({content, header->next_line});  // no rows, but columns
  std::vector<Piece> pieces(chunks.size());
  std::atomic<std::uint64_t> bytes_done = 0;
  fork_join(threads, chunks.size(), [&](unsigned, std::size_t i) {
    parse_piece(chunks[i], name, format, *header, pieces[i]);
    const std::uint64_t done = bytes_done += chunks[i].text.size();
    if (format.on_progress) format.on_progress({"read", done, content.size(), "bytes"});
  });
  if (chunks.size() > 1 && std::any_of(pieces.begin(), pieces.end(), [](const Piece& p) { return p.met_bad_quotes; })) {
    pieces = std::vector<Piece>(1);
    parse_piece({content, header->next_line}, name, format, *header, pieces.front());
  }
  auto read = join(std::move(pieces), name, format, threads);
  if (read && format.ids == IdKind::kText) std::iota(read->table.id.begin(), read->table.id.end(), 1);
  return read;
}

}  // namespace

Result<PersonsRead> parse_persons_csv(std::string_view content, std::string_view name, const CsvFormat& format,
                                      unsigned threads) {
  return parse_persons_csv_in_pieces(content, name, format, pieces_for(content, threads), threads);
}

Result<PersonsRead> parse_persons_csv_in_pieces(std::string_view content, std::string_view name,
                                                const CsvFormat& format, std::size_t piece_count, unsigned threads) {
  if (content.substr(0, kByteOrderMark.size()) == kByteOrderMark) content.remove_prefix(kByteOrderMark.size());
  return parse_text(content, name, format, piece_count, threads);
}

Result<PersonsRead> read_persons_csv(const std::filesystem::path& path, const CsvFormat& format, unsigned threads) {
  auto input = open_text(path, format.encoding, {format.is_cancelled, format.on_progress});
  if (!input) return hand_on(input);
  return parse_text(input->text(), path.string(), format, pieces_for(input->text(), threads), threads);
}

Result<PersonsTable> read_persons_csv(const std::filesystem::path& path) {
  auto read = read_persons_csv(path, CsvFormat{}, 1);
  if (!read) return hand_on(read);
  return std::move(read->table);
}

Result<PersonsTable> parse_persons_csv(std::string_view content, std::string_view name) {
  auto read = parse_persons_csv(content, name, CsvFormat{}, 1);
  if (!read) return hand_on(read);
  return std::move(read->table);
}

}  // namespace matcher
