// Cuts CSV text at ends of records.
#include "matcher/io/csv_chunks.hpp"

#include <algorithm>

#include "matcher/io/csv_scan.hpp"
#include "matcher/parallel/fork_join.hpp"

namespace matcher {
namespace {

CsvMarks count(std::string_view text) {
  return count_marks(text.data(), text.data() + text.size());
}

// The place after the first line end at or after `from` that is outside quotes; the end if there is none.
std::size_t next_record(std::string_view text, std::size_t from, bool inside) {
  for (std::size_t at = from; at < text.size(); ++at) {
    if (text[at] == '"') inside = !inside;
    if (text[at] == '\n' && !inside) return at + 1;
  }
  return text.size();
}

}  // namespace

std::vector<CsvChunk> cut_csv(std::string_view text, std::size_t first_line, std::size_t wanted, unsigned threads) {
  if (wanted <= 1 && !text.empty()) return {{text, first_line}};
  const std::size_t size = std::max<std::size_t>(text.size() / std::max<std::size_t>(wanted, 1), 1);
  const std::size_t slices = std::max<std::size_t>(text.size() / size, 1);
  const auto slice = [&](std::size_t i) {
    return text.substr(i * size, i + 1 == slices ? std::string_view::npos : size);
  };
  std::vector<CsvMarks> counts(slices);
  fork_join(threads, slices, [&](unsigned, std::size_t i) { counts[i] = count(slice(i)); });

  std::vector<CsvChunk> chunks;
  std::size_t begin = 0;
  std::size_t begin_line = first_line;
  std::size_t slice_line = first_line;  // at the end of slice i
  bool inside = false;
  for (std::size_t i = 0; i < slices; ++i) {
    inside = inside != (counts[i].quotes % 2 != 0);
    slice_line += counts[i].lines;
    const std::size_t slice_end = (i + 1) * size;
    const std::size_t cut = i + 1 == slices ? text.size() : next_record(text, slice_end, inside);
    if (cut <= begin) continue;  // one record longer than a slice
    chunks.push_back({text.substr(begin, cut - begin), begin_line});
    begin = cut;
    if (i + 1 < slices) begin_line = slice_line + count(text.substr(slice_end, cut - slice_end)).lines;
  }
  return chunks;
}

}  // namespace matcher
