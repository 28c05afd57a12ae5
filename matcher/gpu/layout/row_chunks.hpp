// Rows of a table divided among threads.
#pragma once

#include <algorithm>
#include <cstddef>

#include "matcher/parallel/fork_join.hpp"

namespace matcher::gpu {

inline constexpr std::size_t kRowsPerChunk = 8192;  // a multiple of a tile's records

[[nodiscard]] inline std::size_t row_chunks(std::size_t rows) {
  return (rows + kRowsPerChunk - 1) / kRowsPerChunk;
}

// body(lane, begin, end) for all rows, on at most `threads` threads; lane and exceptions as fork_join.
template <class Body>
void for_row_chunks(unsigned threads, std::size_t rows, const Body& body) {
  fork_join(threads, row_chunks(rows), [&](unsigned lane, std::size_t chunk) {
    body(lane, chunk * kRowsPerChunk, std::min(rows, (chunk + 1) * kRowsPerChunk));
  });
}

}  // namespace matcher::gpu
