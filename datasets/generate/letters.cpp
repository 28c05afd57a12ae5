#include "datasets/generate/letters.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace assay::datasets {
namespace {

bool is_mark(char32_t letter) {
  return letter >= 0x300 && letter < 0x370;
}

struct Folding {
  char32_t letter;
  std::u32string_view ascii;
};

// Letters that Unicode does not decompose, as people write them without their own keyboard.
constexpr std::array<Folding, 14> kFoldings{{{0xc6, U"Ae"},
                                             {0xd8, U"O"},
                                             {0xde, U"Th"},
                                             {0xdf, U"ss"},
                                             {0xd0, U"D"},
                                             {0xe6, U"ae"},
                                             {0xf0, U"d"},
                                             {0xf8, U"o"},
                                             {0xfe, U"th"},
                                             {0x110, U"D"},
                                             {0x111, U"d"},
                                             {0x131, U"i"},
                                             {0x141, U"L"},
                                             {0x142, U"l"}}};

// Neighbours on the QWERTY keyboard, a to z.
constexpr std::array<std::string_view, 26> kNeighbours{
    "qwsz", "vghn", "xdfv", "serfcx", "wsdr", "drtgvc", "ftyhbv", "gyujnb", "ujko", "huikmn", "jiolm", "kop",  "njk",
    "bhjm", "iklp", "ol",   "wa",     "edft", "awedxz", "rfgy",   "yhji",   "cfgb", "qase",   "zsdc",  "tghu", "asx"};

struct Range {
  char32_t first;
  char32_t last;
};

// Where a wrong letter of another script is taken from: common letters of that script, without gaps.
constexpr std::array<Range, 7> kScripts{{{0x3b1, 0x3c1},
                                         {0x430, 0x44f},
                                         {0x5d0, 0x5ea},
                                         {0x628, 0x63a},
                                         {0x915, 0x928},
                                         {0x4e00, 0x9fa5},
                                         {0xac00, 0xd7a3}}};

Range script_of(char32_t letter) {
  if (letter >= 0x370 && letter < 0x400) return kScripts[0];
  if (letter >= 0x400 && letter < 0x530) return kScripts[1];
  if (letter >= 0x590 && letter < 0x600) return kScripts[2];
  if (letter >= 0x600 && letter < 0x700) return kScripts[3];
  if (letter >= 0x900 && letter < 0x980) return kScripts[4];
  if (letter >= 0x4e00 && letter < 0xa000) return kScripts[5];
  if (letter >= 0xac00 && letter < 0xd7b0) return kScripts[6];
  return {U'a', U'z'};
}

// One letter of each range where upper and lower case are neighbours: the even one is the upper case in most of Latin
// Extended-A and all of Latin Extended Additional, the odd one in two stretches.
bool even_is_upper(char32_t c) {
  return (c >= 0x100 && c <= 0x137 && c != 0x130 && c != 0x131) || (c >= 0x14a && c <= 0x177) ||
         (c >= 0x1e00 && c <= 0x1eff) || (c >= 0x1a0 && c <= 0x1a5) || (c >= 0x218 && c <= 0x21b) ||
         (c >= 0x460 && c <= 0x481) || (c >= 0x490 && c <= 0x4bf);
}
bool odd_is_upper(char32_t c) {
  return (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e) || c == 0x1af || c == 0x1b0;
}

}  // namespace

void decode_utf8(std::string_view text, std::u32string* letters) {
  letters->clear();
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const int length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    char32_t letter = length == 1 ? lead : static_cast<char32_t>(lead & (0x7f >> length));
    for (int step = 1; step < length; ++step) {
      letter = (letter << 6) | (static_cast<unsigned char>(text[at + static_cast<std::size_t>(step)]) & 0x3fU);
    }
    letters->push_back(letter);
    at += static_cast<std::size_t>(length);
  }
}

void append_utf8(char32_t letter, std::string* text) {
  const auto put = [&](char32_t byte) { text->push_back(static_cast<char>(byte)); };
  if (letter < 0x80) {
    put(letter);
  } else if (letter < 0x800) {
    put(0xc0 | (letter >> 6));
    put(0x80 | (letter & 0x3f));
  } else if (letter < 0x10000) {
    put(0xe0 | (letter >> 12));
    put(0x80 | ((letter >> 6) & 0x3f));
    put(0x80 | (letter & 0x3f));
  } else {
    put(0xf0 | (letter >> 18));
    put(0x80 | ((letter >> 12) & 0x3f));
    put(0x80 | ((letter >> 6) & 0x3f));
    put(0x80 | (letter & 0x3f));
  }
}

std::string encode_utf8(std::u32string_view letters) {
  std::string text;
  for (const char32_t letter : letters) append_utf8(letter, &text);
  return text;
}

void keep_initial(std::string* text) {
  std::size_t end = 1;
  while (end < text->size() && (static_cast<unsigned char>((*text)[end]) & 0xc0) == 0x80) ++end;
  text->resize(end);
}

bool is_letter(char32_t letter) {
  if (letter < 0x80) return (letter >= U'a' && letter <= U'z') || (letter >= U'A' && letter <= U'Z');
  if (letter >= 0x900 && letter < 0x980) return letter >= 0x904 && letter <= 0x939;  // Devanagari without its signs
  return !is_mark(letter) && letter != 0x200c && letter != 0x200d;
}

char32_t upper(char32_t c) {
  if ((c >= U'a' && c <= U'z') || (c >= 0xe0 && c <= 0xfe && c != 0xf7) || (c >= 0x430 && c <= 0x44f)) return c - 0x20;
  if (c >= 0x450 && c <= 0x45f) return c - 0x50;
  if (c == 0xff) return 0x178;
  if (c == 0x131) return U'I';
  if (c == 0x3c2) return 0x3a3;  // final sigma
  if (c >= 0x3b1 && c <= 0x3cb) return c - 0x20;
  if (c == 0x3ac) return 0x386;
  if (c >= 0x3ad && c <= 0x3af) return c - 0x25;
  if (c == 0x3cc) return 0x38c;
  if (c == 0x3cd || c == 0x3ce) return c - 0x3f;
  if (even_is_upper(c)) return c & ~char32_t{1};
  if (odd_is_upper(c)) return c - (c % 2 == 0 ? 1 : 0);
  return c;
}

char32_t lower(char32_t c) {
  if ((c >= U'A' && c <= U'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7) || (c >= 0x410 && c <= 0x42f)) return c + 0x20;
  if (c >= 0x400 && c <= 0x40f) return c + 0x50;
  if (c == 0x130) return U'i';
  if (c == 0x178) return 0xff;
  if (c >= 0x391 && c <= 0x3ab && c != 0x3a2) return c + 0x20;
  if (c == 0x386) return 0x3ac;
  if (c >= 0x388 && c <= 0x38a) return c + 0x25;
  if (c == 0x38c) return 0x3cc;
  if (c == 0x38e || c == 0x38f) return c + 0x3f;
  if (even_is_upper(c)) return c | 1;
  if (odd_is_upper(c)) return c + (c % 2 == 1 ? 1 : 0);
  return c;
}

char32_t wrong_letter(char32_t letter, Draws& draws) {
  const char32_t plain = lower(letter);
  const bool is_upper = plain != letter;
  const bool want_neighbour = (draws.next() & 1) != 0;
  char32_t wrong = 0;
  if (want_neighbour && plain >= U'a' && plain <= U'z') {
    const std::string_view near = kNeighbours[plain - U'a'];
    wrong = static_cast<char32_t>(near[draws.below(static_cast<std::uint32_t>(near.size()))]);
  } else {
    const Range range = script_of(plain);
    const auto count = static_cast<std::uint32_t>(range.last - range.first + 1);
    wrong = range.first + draws.below(count);
    if (wrong == plain) wrong = range.first + (wrong - range.first + 1) % count;
  }
  return is_upper ? upper(wrong) : wrong;
}

Accents::Accents(std::string_view csv) {
  const auto number = [](std::string_view text) {
    std::uint32_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value, 16);
    return static_cast<char32_t>(value);
  };
  csv.remove_prefix(csv.find('\n') + 1);
  while (!csv.empty()) {
    const std::string_view line = csv.substr(0, csv.find('\n'));
    const std::size_t first = line.find(',');
    const std::size_t second = line.find(',', first + 1);
    parts_[number(line.substr(0, first))] = {number(line.substr(first + 1, second - first - 1)),
                                             number(line.substr(second + 1))};
    csv.remove_prefix(std::min(line.size() + 1, csv.size()));
  }
}

void Accents::append_decomposed(char32_t letter, std::u32string* out) const {
  const auto found = parts_.find(letter);
  if (found == parts_.end()) {
    out->push_back(letter);
    return;
  }
  append_decomposed(found->second.base, out);
  out->push_back(found->second.mark);
}

std::u32string Accents::decomposed(std::u32string_view letters) const {
  std::u32string result;
  for (const char32_t letter : letters) append_decomposed(letter, &result);
  return result;
}

std::u32string Accents::without_accents(std::u32string_view letters) const {
  std::u32string result;
  for (const char32_t letter : decomposed(letters)) {
    if (is_mark(letter)) continue;
    const auto* folding = kFoldings.begin();
    while (folding != kFoldings.end() && folding->letter != letter) ++folding;
    if (folding == kFoldings.end()) {
      result.push_back(letter);
    } else {
      result.append(folding->ascii);
    }
  }
  return result;
}

}  // namespace assay::datasets
