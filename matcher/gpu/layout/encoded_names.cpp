// One row after the other, some rows to a thread.
#include "matcher/gpu/layout/encoded_names.hpp"

#include <string>

#include "matcher/gpu/layout/row_chunks.hpp"

namespace matcher::gpu {
namespace {

EncodedName encoded_name(std::u32string_view name, const Alphabet& alphabet) {
  constexpr EncodedName kNotReadable{{}, EncodedName::kUnreadable, 0, 0};
  if (name.size() > kPatternSymbols) return kNotReadable;
  const TextLength length = length_of(name);
  EncodedName encoded{{}, length.symbols, length.bytes, 0};
  bool all_have_codes = true;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const std::uint8_t code = alphabet.code(name[i]);
    all_have_codes &= code != 0;
    encoded.codes[i] = code;
    encoded.presence |= std::uint32_t{1} << (code % 32);
  }
  return all_have_codes ? encoded : kNotReadable;
}

}  // namespace

EncodedNames encode_names(const NameSource& names, const Alphabet& alphabet, unsigned threads) {
  EncodedNames encoded;
  encoded.five_bits = alphabet.fits_five_bits();
  encoded.rows.resize(names.rows);
  for_row_chunks(threads, names.rows, [&](unsigned /*lane*/, std::size_t begin, std::size_t end) {
    std::u32string buffer;
    for (std::size_t row = begin; row < end; ++row) {
      encoded.rows[row] = encoded_name(names.name(row, buffer), alphabet);
    }
  });
  return encoded;
}

EncodedNames encode_names(std::span<const std::u32string> names, const Alphabet& alphabet) {
  return encode_names(source_of(names), alphabet);
}

}  // namespace matcher::gpu
