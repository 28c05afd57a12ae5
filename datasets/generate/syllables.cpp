#include "datasets/generate/syllables.hpp"

#include <array>
#include <string_view>

namespace assay::datasets {
namespace {

constexpr std::array<std::string_view, 40> kOnsets{"B",  "Br",  "C",  "Ch", "Cl", "Cr", "D",   "Dr", "F",  "Fl",
                                                   "Fr", "G",   "Gr", "H",  "J",  "K",  "Kl",  "Kr", "L",  "M",
                                                   "N",  "P",   "Pf", "Pr", "R",  "S",  "Sch", "Sh", "Sk", "Sl",
                                                   "St", "Str", "T",  "Th", "Tr", "V",  "W",   "Wh", "Y",  "Z"};
constexpr std::array<std::string_view, 12> kVowels{"a", "e", "i", "o", "u", "a", "e", "o", "i", "ee", "au", "ie"};
constexpr std::array<std::string_view, 24> kCodas{"b", "ck", "d", "f", "g", "l",  "ll", "m",  "n", "nd", "v",  "nn",
                                                  "t", "p",  "r", "d", "k", "rn", "s",  "ss", "m", "t",  "tt", "z"};
constexpr std::array<std::string_view, 16> kLinks{"",   "",   "", "",   "",   "",   "",  "",
                                                  "er", "en", "", "in", "or", "al", "a", "o"};
constexpr std::array<std::string_view, 48> kSurnameEnds{
    "man", "mann", "son",  "sen", "ton",   "ley",  "ford", "er",   "wood", "ham", "berg", "stein",
    "el",  "er",   "ert",  "el",  "ski",   "wicz", "czyk", "enko", "ov",   "ova", "ic",   "itz",
    "ini", "etti", "elli", "ano", "ez",    "es",   "o",    "eau",  "in",   "ard", "y",    "ey",
    "ie",  "ing",  "s",    "a",   "quist", "dahl", "ak",   "ek",   "as",   "ian", "oglu", "well"};
constexpr std::array<std::string_view, 16> kMaleEnds{"on",  "an",  "en",  "ius", "iel", "ian", "ar", "ell",
                                                     "ron", "vin", "ric", "o",   "us",  "ay",  "in", "ston"};
constexpr std::array<std::string_view, 16> kFemaleEnds{"a",   "ia",   "elle", "lyn", "ina", "etta", "isha", "ara",
                                                       "een", "issa", "ique", "ana", "y",   "ora",  "ene",  "ita"};

template <std::size_t Size>
std::string_view pick(const std::array<std::string_view, Size>& from, Draws& draws) {
  return from[draws.below(Size)];
}

constexpr std::uint64_t kFixedSeed = 0x6e616d6573;  // names belong to the generator version, not to the seed

}  // namespace

void append_rare_surname(std::uint32_t rank, std::string* name) {
  Draws draws(kFixedSeed, 1, rank);
  name->append(pick(kOnsets, draws)).append(pick(kVowels, draws)).append(pick(kCodas, draws));
  name->append(pick(kLinks, draws)).append(pick(kSurnameEnds, draws));
}

void append_rare_first_name(Gender gender, std::uint32_t rank, std::string* name) {
  Draws draws(kFixedSeed, 2 + static_cast<std::uint32_t>(gender), rank);
  name->append(pick(kOnsets, draws)).append(pick(kVowels, draws)).append(pick(kCodas, draws));
  name->append(pick(gender == Gender::kMale ? kMaleEnds : kFemaleEnds, draws));
}

std::uint32_t draw_rare_rank(std::uint32_t low_bits, std::uint32_t high_bits, Draws& draws) {
  const std::uint32_t first = 1U << (low_bits + draws.below(high_bits - low_bits));
  return first + draws.below(first);
}

}  // namespace assay::datasets
