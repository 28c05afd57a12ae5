// Full names: joined parts and their normal forms.
#include "matcher/rules/full_name.hpp"

#include "matcher/phonetic/double_metaphone.hpp"
#include "matcher/text/normalize.hpp"

namespace matcher {

void join_full_name(std::string_view first, std::string_view middle, std::string_view last, bool with_middle,
                    NameBuffers& buffers) {
  buffers.joined.assign(first);
  buffers.joined += ' ';
  if (with_middle) {
    buffers.joined += middle;
    buffers.joined += ' ';
  }
  buffers.joined += last;
  normalize_simple(buffers.joined, buffers.simple);
}

std::uint32_t phonetic_code(NameBuffers& buffers) {
  normalize_for_phonetic(buffers.joined, buffers.phonetic);
  return double_metaphone_code(buffers.phonetic);
}

std::string full_phonetic_code(NameBuffers& buffers) {
  normalize_for_phonetic(buffers.joined, buffers.phonetic);
  return double_metaphone_full(buffers.phonetic);
}

}  // namespace matcher
