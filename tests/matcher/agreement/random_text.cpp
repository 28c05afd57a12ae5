// Random names, good and bad.
#include "tests/matcher/agreement/random_text.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace agreement {
namespace {

constexpr std::array<std::string_view, 32> kPlain = {
    "James",    "Mary",         "ROBERT",     "Patricia", "michael", "Jose",   "O'Brien",  "Mary-Jane",
    "St. John", "van der Berg", "de la Cruz", "Smith",    "Smyth",   "Nguyen", "McDonald", "Garcia",
    "Muller",   "Lee",          "Li",         "J.",       "P",       "Jr.",    "Anna",     "Ann",
    "Ana",      "Jon",          "John",       "Joan",     "Schmidt", "Wright", "Xavier",   "Thompson"};

// Composed and decomposed accents, letters that do not decompose, sharp s, dotted and dotless I, final sigma, Cyrillic,
// Vietnamese, Arabic, Hebrew, Devanagari, Han, Kana, Hangul, emoji with joiner and modifier.
constexpr std::array<std::string_view, 30> kForeign = {"Jos\u00e9",
                                                       "Jose\u0301",
                                                       "GARC\u00cdA",
                                                       "Nu\u00f1ez",
                                                       "Nun\u0303ez",
                                                       "\u0141ukasz",
                                                       "\u00d8rsted",
                                                       "\u0110uri\u0107",
                                                       "Stra\u00dfe",
                                                       "STRA\u1e9eE",
                                                       "\u01fc\u01fdr\u00f8",
                                                       "\u0130brahim",
                                                       "D\u0131l I\u015f\u0131k",
                                                       "\u039f\u0394\u03a5\u03a3\u03a3\u0395\u03a5\u03a3",
                                                       "\u03a3\u03a3 \u03a3\u0301.",
                                                       "\u0391\u03a3\u00ad\u2019",
                                                       "\u0416\u0430\u043d\u043d\u0430",
                                                       "\u0419\u0418\u0306",
                                                       "Nguy\u1ec5n \u1eb4n",
                                                       "\u0645\u062d\u0645\u0651\u062f",
                                                       "\u05e9\u05b8\u05dc",
                                                       "\u0915\u094d\u0937\u0903",
                                                       "\u674e\u5c0f\u9f99",
                                                       "\u304c\u304b\u3099",
                                                       "\ud55c\uae00",
                                                       "\U0001f469\u200d\U0001f680",
                                                       "\U0001f44d\U0001f3fd",
                                                       "\U00010400\U00010428",
                                                       "\u212b\u2126K\u212a",
                                                       "\ufb01\u01c5\u0149"};

constexpr std::array<std::string_view, 18> kSpaces = {" ",      "  ",     "\t",     "\n",     "\r",     "\f",
                                                      "\v",     "\u00a0", "\u0085", "\u1680", "\u2003", "\u2028",
                                                      "\u202f", "\u3000", "\u200b", "\ufeff", "-",      "."};

constexpr std::array<std::string_view, 8> kMarks = {"\u0301", "\u0308", "\u0327",       "\u20dd",
                                                    "\u0903", "\u0345", "\u0323\u0307", "\U0001d165"};

using namespace std::string_view_literals;
constexpr std::array<std::string_view, 12> kDamaged = {"\x80"sv,
                                                       "\xff"sv,
                                                       "\xc0\xaf"sv,
                                                       "\xc3"sv,
                                                       "\xe2\x82"sv,
                                                       "\xe0\x80\xaf"sv,
                                                       "\xed\xa0\x80"sv,
                                                       "\xed\xb0\x80"sv,
                                                       "\xf0\x9f\x98"sv,
                                                       "\xf4\x90\x80\x80"sv,
                                                       "\xf8\x88\x80\x80\x80"sv,
                                                       "\0"sv};

constexpr std::array<std::string_view, 96> kGroups = {
    "CH",     "CHAE",  "CHIA",  "ACH",   "BACHER", "MACHER", "CAESAR", "CZ",   "WICZ", "WITZ",  "CIA",    "CC",
    "UCCES",  "UCCEE", "CCHU",  "CK",    "CQ",     "CG",     "CI",     "CE",   "CY",   "CIO",   "MC",     "MAC C",
    "HARAC",  "HOR",   "CHORE", "CHEM",  "ORCHES", "ARCHIT", "ORCHID", "DG",   "DGE",  "DT",    "DD",     "GH",
    "GHI",    "UGH",   "IGH",   "AUGH",  "GN",     "GNEY",   "GLI",    "GES",  "GY",   "GER",   "DANGER", "RANGER",
    "MANGER", "RGY",   "OGY",   "AGGI",  "OGGI",   "GET",    "GIER",   "GG",   "HH",   "JOSE",  "JJ",     "SAN ",
    "ILLO",   "ALLE",  "LL",    "UMB",   "UMBER",  "MM",     "PH",     "PB",   "PP",   "QQ",    "IER",    "MEIER",
    "RR",     "ISL",   "YSL",   "SUGAR", "SHEIM",  "SHOLZ",  "SIO",    "SZ",   "SCH",  "SCHOO", "SCHER",  "SCI",
    "SC",     "AIS",   "OIS",   "TION",  "TIA",    "TCH",    "TTH",    "THOM", "VAN ", "VON ",  "OWSKI",  "EAUX"};
constexpr std::array<std::string_view, 10> kMoreGroups = {"WR", "WH", "EWSKY", "IAUX", "OUX",
                                                          "XC", "ZH", "ZZA",   "PS",   "KN"};

template <std::size_t n>
std::string_view pick(RandomText& random, const std::array<std::string_view, n>& from) {
  return from[random.below(n)];
}

void append_utf8(std::string& text, std::uint32_t c) {
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xC0 | (c >> 6));
    text += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    text += static_cast<char>(0xE0 | (c >> 12));
    text += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    text += static_cast<char>(0xF0 | (c >> 18));
    text += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    text += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (c & 0x3F));
  }
}

// Half of the time below U+3000, where most scripts with marks and case are; surrogates come out as damaged UTF-8.
std::string random_character(RandomText& random) {
  std::string text;
  append_utf8(text, static_cast<std::uint32_t>(random.one_in(2) ? random.below(0x3000) : random.below(0x110000)));
  return text;
}

}  // namespace

std::uint64_t test_seed() {
  static const std::uint64_t seed = [] {
    const char* const text = std::getenv("ASSAY_TEST_SEED");
    const std::uint64_t value = text == nullptr ? 20250101 : std::strtoull(text, nullptr, 10);
    std::printf("ASSAY_TEST_SEED=%llu\n", static_cast<unsigned long long>(value));
    return value;
  }();
  return seed;
}

RandomText::RandomText(std::uint64_t stream) : random_(test_seed() * 1000003 + stream) {}

std::string RandomText::piece() {
  switch (below(8)) {
    case 0:
      return std::string(pick(*this, kForeign));
    case 1:
      return std::string(pick(*this, kSpaces));
    case 2:
      return std::string(pick(*this, kMarks));
    case 3:
      return std::string(pick(*this, kDamaged));
    case 4:
      return random_character(*this);
    case 5:
      return std::string(1, static_cast<char>(below(256)));
    default:
      return std::string(pick(*this, kPlain));
  }
}

std::string RandomText::name() {
  if (one_in(12)) return anything();
  std::string text(one_in(4) ? pick(*this, kForeign) : pick(*this, kPlain));
  if (one_in(8)) text += ' ' + std::string(pick(*this, kPlain));
  if (one_in(3)) text = edited(text);
  return text;
}

std::string RandomText::anything() {
  std::string text;
  for (std::size_t pieces = below(13); pieces > 0; --pieces) text += piece();
  return text;
}

std::string RandomText::edited(std::string text) {
  for (std::size_t edits = 1 + below(3); edits > 0; --edits) {
    const std::size_t at = below(text.size() + 1);
    const auto letter = static_cast<char>('a' + below(26));
    if (one_in(4) || at + 1 >= text.size()) {
      text.insert(at, 1, letter);
    } else if (one_in(3)) {
      text.erase(at, 1);
    } else if (one_in(2)) {
      std::swap(text[at], text[at + 1]);
    } else {
      text[at] = letter;
    }
  }
  return text;
}

std::string RandomText::letters() {
  std::string text;
  for (std::size_t pieces = 1 + below(5); pieces > 0; --pieces) {
    switch (below(5)) {
      case 0:
      case 1:
        text += pick(*this, kGroups);
        break;
      case 2:
        text += pick(*this, kMoreGroups);
        break;
      default:
        for (std::size_t n = below(4); n > 0; --n) text += one_in(9) ? ' ' : static_cast<char>('A' + below(26));
    }
  }
  return text;
}

std::u32string RandomText::symbols(std::size_t length, std::size_t alphabet_size) {
  static constexpr std::u32string_view kStarts = U"aA\u00e9\u03b1\u4e00\U0001f600";
  const char32_t start = kStarts[below(kStarts.size())];
  std::u32string text;
  for (std::size_t i = 0; i < length; ++i) text += start + static_cast<char32_t>(below(alphabet_size));
  return text;
}

std::string escaped(std::string_view bytes) {
  std::string text = "\"";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    std::array<char, 8> code{};
    if (byte >= 0x20 && byte < 0x7f) {
      text += c;
    } else {
      std::snprintf(code.data(), code.size(), "\\x%02x", byte);
      text += code.data();
    }
  }
  return text + '"';
}

}  // namespace agreement
