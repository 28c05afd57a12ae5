// Properties from utf8proc's category table plus the short lists that Unicode keeps outside the categories.
#include "matcher/text/unicode.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <iterator>

namespace matcher {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Other_Uppercase and Other_Lowercase of PropList.txt (Unicode 15): cased, although not of category Lu, Ll or Lt.
constexpr Range kOtherCased[] = {
    {0x00AA, 0x00AA},   {0x00BA, 0x00BA},   {0x02B0, 0x02B8},   {0x02C0, 0x02C1},   {0x02E0, 0x02E4},
    {0x0345, 0x0345},   {0x037A, 0x037A},   {0x10FC, 0x10FC},   {0x1D2C, 0x1D6A},   {0x1D78, 0x1D78},
    {0x1D9B, 0x1DBF},   {0x2071, 0x2071},   {0x207F, 0x207F},   {0x2090, 0x209C},   {0x2160, 0x217F},
    {0x24B6, 0x24E9},   {0x2C7C, 0x2C7D},   {0xA69C, 0xA69D},   {0xA770, 0xA770},   {0xA7F2, 0xA7F4},
    {0xA7F8, 0xA7F9},   {0xAB5C, 0xAB5F},   {0xAB69, 0xAB69},   {0x10780, 0x10780}, {0x10783, 0x10785},
    {0x10787, 0x107B0}, {0x107B2, 0x107BA}, {0x1E030, 0x1E06D}, {0x1F130, 0x1F149}, {0x1F150, 0x1F169},
    {0x1F170, 0x1F189},
};

// Word_Break = MidLetter, MidNumLet or Single_Quote (Unicode 15).
constexpr char32_t kWordBreakIgnorable[] = {0x0027, 0x002E, 0x003A, 0x00B7, 0x0387, 0x055F, 0x05F4, 0x2018, 0x2019,
                                            0x2024, 0x2027, 0xFE13, 0xFE52, 0xFE55, 0xFF07, 0xFF0E, 0xFF1A};

utf8proc_category_t category_of(char32_t scalar) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(scalar));
}

}  // namespace

bool is_white_space(char32_t scalar) {
  if (scalar < 0x80) return scalar == 0x20 || (scalar >= 0x09 && scalar <= 0x0D);
  return scalar == 0x85 || scalar == 0xA0 || scalar == 0x1680 || (scalar >= 0x2000 && scalar <= 0x200A) ||
         scalar == 0x2028 || scalar == 0x2029 || scalar == 0x202F || scalar == 0x205F || scalar == 0x3000;
}

bool is_combining_mark(char32_t scalar) {
  const utf8proc_category_t category = category_of(scalar);
  return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC || category == UTF8PROC_CATEGORY_ME;
}

char32_t to_lower(char32_t scalar) {
  return static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(scalar)));
}

bool is_cased(char32_t scalar) {
  const utf8proc_category_t category = category_of(scalar);
  if (category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LL || category == UTF8PROC_CATEGORY_LT) {
    return true;
  }
  const Range* after = std::upper_bound(std::begin(kOtherCased), std::end(kOtherCased), scalar,
                                        [](char32_t value, const Range& range) { return value < range.first; });
  return after != std::begin(kOtherCased) && scalar <= std::prev(after)->last;
}

bool is_case_ignorable(char32_t scalar) {
  switch (category_of(scalar)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_SK:
      return true;
    default:
      return std::binary_search(std::begin(kWordBreakIgnorable), std::end(kWordBreakIgnorable), scalar);
  }
}

}  // namespace matcher
