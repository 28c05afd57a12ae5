// Normal forms by normalizer.
#include "matcher/text/normal_form.hpp"

#include "matcher/text/normalize.hpp"
#include "matcher/text/utf8.hpp"

namespace matcher {

namespace {

void repair(std::string_view part, std::string& out) {
  out.clear();
  if (is_ascii(part)) {
    out.append(part);
    return;
  }
  for (std::size_t at = 0; at < part.size();) {
    const DecodedScalar decoded = decode_scalar(part, at);
    at += decoded.bytes;
    append_utf8(decoded.scalar, out);
  }
}

}  // namespace

void normal_form(std::string_view part, Normalizer normalizer, std::string& out) {
  switch (normalizer) {
    case Normalizer::kText:
      return normalize_text(part, out);
    case Normalizer::kRaw:
      return repair(part, out);
    case Normalizer::kSimple:
      return normalize_simple(part, out);
    case Normalizer::kPhonetic:
      return normalize_for_phonetic(part, out);
  }
}

}  // namespace matcher
