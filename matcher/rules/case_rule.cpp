// Labels and the blank test.
#include "matcher/rules/case_rule.hpp"

#include <algorithm>

#include "matcher/text/unicode.hpp"

namespace matcher {

const char* label(Rule rule) {
  return rule == Rule::kDirect ? "DIRECT MATCH" : short_label(rule);
}

const char* short_label(Rule rule) {
  switch (rule) {
    case Rule::kExact:
      return "EXACT";
    case Rule::kDirect:
      return "DIRECT";
    case Rule::kCase1:
      return "CASE 1";
    case Rule::kCase2:
      return "CASE 2";
    case Rule::kCase3:
      return "CASE 3";
    case Rule::kWeighted:
      return "WEIGHTED";
    case Rule::kAutoMatch:
      return "AUTO MATCH";
    case Rule::kReview:
      return "REVIEW";
  }
  return "UNKNOWN";
}

bool is_blank(std::u32string_view text) {
  return std::all_of(text.begin(), text.end(), is_white_space);
}

bool is_blank(std::string_view ascii_text) {
  return std::all_of(ascii_text.begin(), ascii_text.end(),
                     [](char byte) { return is_white_space(static_cast<unsigned char>(byte)); });
}

}  // namespace matcher
