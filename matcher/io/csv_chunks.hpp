// Cuts CSV text into pieces that several threads read at once.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace matcher {

struct CsvChunk {
  std::string_view text;  // whole records
  std::size_t first_line = 1;
};

// About `count` pieces of about equal size, fewer if records are long; first_line: of the whole text. A line end inside
// quotes ends no record: whether a place is inside is told by the number of quotes before it, which is right for text
// without misplaced quotes. Where a piece turns out to have one, all pieces after it may be wrong and the text is to be
// read in one go. O(bytes), on `threads` threads.
[[nodiscard]] std::vector<CsvChunk> cut_csv(std::string_view text, std::size_t first_line, std::size_t count,
                                            unsigned threads);

}  // namespace matcher
