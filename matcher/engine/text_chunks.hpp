// One text per row of a table, packed end to end in chunks that several lanes fill at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace matcher {

// 4 bytes per row and the text itself. Chunks are independent: one lane appends to one chunk, rows in order.
class TextChunks {
 public:
  static constexpr std::size_t kRowsPerChunk = 8192;  // a chunk's texts stay below 4 GiB for names of any sane length

  TextChunks() = default;
  explicit TextChunks(std::size_t rows) : chunks_((rows + kRowsPerChunk - 1) / kRowsPerChunk) {}

  [[nodiscard]] bool empty() const { return chunks_.empty(); }

  void append(std::size_t chunk, std::string_view text) {
    Chunk& target = chunks_[chunk];
    if (target.ends.empty()) {
      target.ends.reserve(kRowsPerChunk);
      target.bytes.reserve(kRowsPerChunk * kUsualBytes);
    }
    target.bytes.append(text);
    target.ends.push_back(static_cast<std::uint32_t>(target.bytes.size()));
  }

  // REQUIRES: row has been appended.
  [[nodiscard]] std::string_view operator[](std::size_t row) const {
    const Chunk& chunk = chunks_[row / kRowsPerChunk];
    const std::size_t at = row % kRowsPerChunk;
    const std::uint32_t begin = at == 0 ? 0 : chunk.ends[at - 1];
    return {chunk.bytes.data() + begin, chunk.ends[at] - begin};
  }

  // Starts loading where the text of a row lies, and, a while later, the text.
  void prefetch_place(std::size_t row) const {
    __builtin_prefetch(chunks_[row / kRowsPerChunk].ends.data() + row % kRowsPerChunk);
  }
  void prefetch_text(std::size_t row) const { __builtin_prefetch((*this)[row].data()); }

 private:
  static constexpr std::size_t kUsualBytes = 20;  // of a full name, with room

  struct Chunk {
    std::vector<std::uint32_t> ends;
    std::string bytes;
  };
  std::vector<Chunk> chunks_;
};

}  // namespace matcher
