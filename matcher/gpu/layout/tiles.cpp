// The transposition.
#include "matcher/gpu/layout/tiles.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>

#include "matcher/gpu/layout/row_chunks.hpp"

namespace matcher::gpu {
namespace {

constexpr std::size_t kLanes = 32;
constexpr std::size_t kWordBytes = 4;
static_assert(kRowsPerChunk % kLanes == 0, "threads share no tile");

std::uint32_t word_at(const std::uint8_t* bytes) {
  std::uint32_t word = 0;
  for (std::size_t i = 0; i < kWordBytes; ++i) word |= std::uint32_t{bytes[i]} << (8 * i);
  return word;
}

// Four codes of five bits, none of them 0 but where no symbol is: code * 4 + 1 each.
std::uint32_t five_bit_slots(std::uint32_t codes) {
  const std::uint32_t present = ((codes + 0x7f7f7f7f) & 0x80808080) >> 7;
  return codes << 2 | present;
}

// A name into its lane, from the last slot backwards. `words`: of the lane's first word.
void write_words(const EncodedName& name, std::uint32_t slots, bool five_bits, std::uint32_t* words) {
  std::array<std::uint8_t, 2 * kPatternSymbols> aligned{};  // zeros, then the name, then the zeros behind it
  std::copy(name.codes.begin(), name.codes.end(), aligned.data() + (slots - name.symbols));
  for (std::size_t word = 0; word < slots / kWordBytes; ++word) {
    const std::uint32_t four = word_at(aligned.data() + word * kWordBytes);
    words[word * kLanes] = five_bits ? five_bit_slots(four) : four;
  }
}

// Empty names behind the last one, up to a whole tile.
void fill_up(TileTable& table, std::uint32_t slots) {
  const std::size_t words_per_text = slots / kWordBytes;
  for (std::size_t position = table.records; position < table.lengths.size(); ++position) {
    table.lengths[position] = {};
    table.prefixes[position] = 0;
    table.presence[position] = 0;
    const std::size_t first = position / kLanes * words_per_text * kLanes + position % kLanes;
    for (std::size_t word = 0; word < words_per_text; ++word) table.words[first + word * kLanes] = 0;
  }
}

}  // namespace

TileTable make_tiles(const EncodedNames& names, std::span<const std::uint32_t> chosen, std::uint32_t slots,
                     unsigned threads) {
  const std::size_t tiles = (chosen.size() + kLanes - 1) / kLanes;
  const std::size_t words_per_tile = slots / kWordBytes * kLanes;
  TileTable table;
  table.records = static_cast<std::uint32_t>(chosen.size());
  table.words.resize(tiles * words_per_tile);
  table.lengths.resize(tiles * kLanes);
  table.prefixes.resize(tiles * kLanes);
  table.presence.resize(tiles * kLanes);
  for_row_chunks(threads, chosen.size(), [&](unsigned /*lane*/, std::size_t begin, std::size_t end) {
    for (std::size_t position = begin; position < end; ++position) {
      names.prefetch(chosen, position);
      const EncodedName& name = names.rows[chosen[position]];
      assert(name.readable() && name.symbols <= slots);
      table.lengths[position] = name.length();
      table.prefixes[position] = word_at(name.codes.data());
      table.presence[position] = name.presence;
      write_words(name, slots, names.five_bits,
                  table.words.data() + position / kLanes * words_per_tile + position % kLanes);
    }
  });
  fill_up(table, slots);
  return table;
}

}  // namespace matcher::gpu
