// Packs phonetic codes.
#include "matcher/engine/sound.hpp"

#include <functional>

#include "matcher/phonetic/double_metaphone.hpp"

namespace matcher {
namespace {

constexpr std::string_view kSymbols = " 0AFHJKLMNPRSTX";  // Double Metaphone's alphabet, each by its place from 1 on
constexpr Sound kDigestMark = Sound{1} << 60;

Sound pack(std::string_view code) {
  Sound sound = 0;
  for (std::size_t i = 0; i < code.size(); ++i) sound |= static_cast<Sound>(kSymbols.find(code[i])) << (4 * i);
  return sound;
}

}  // namespace

Sound sound_of(std::string_view phonetic_text, unsigned code_length) {
  if (code_length == kPhoneticCodeLength) return double_metaphone_code(phonetic_text);  // four bytes, allocates nothing
  const std::string code =
      code_length == 0 ? double_metaphone_full(phonetic_text) : double_metaphone(phonetic_text, code_length);
  if (code.size() <= kLongestPackedCode) return pack(code);
  return (std::hash<std::string_view>()(code) & (kDigestMark - 1)) | kDigestMark;
}

}  // namespace matcher
