// The tests of the exact algorithms: A1, A2, L1 to L9.
#include "matcher/engine/pair_tester.hpp"
#include "matcher/text/name_parts.hpp"
#include "matcher/text/normalize.hpp"

namespace matcher {
namespace {

bool both_valid(const TextColumn& left, std::size_t left_row, const TextColumn& right, std::size_t right_row) {
  return left.valid(left_row) && right.valid(right_row);
}

bool both_null(const TextColumn& left, std::size_t left_row, const TextColumn& right, std::size_t right_row) {
  return !left.valid(left_row) && !right.valid(right_row);
}

}  // namespace

bool PairTester::test_equality(std::size_t left_row, std::size_t right_row) {
  const PersonsView& left = left_.view;
  const PersonsView& right = right_.view;
  const bool nulls_agree = options_.direct_normalization && options_.conventions.null_equals_null;
  const auto agrees = [&](const TextColumn PersonsView::*column, const TextChunks& left_forms,
                          const TextChunks& right_forms) {
    if (both_null(left.*column, left_row, right.*column, right_row)) return nulls_agree;
    return both_valid(left.*column, left_row, right.*column, right_row) &&
           left_forms[left_row] == right_forms[right_row];
  };
  if (!agrees(&PersonsView::first_name, left_.first, right_.first)) return false;
  if (!agrees(&PersonsView::last_name, left_.last, right_.last)) return false;
  return middles_agree(left_row, right_row) && places_agree(left_row, right_row);
}

bool PairTester::middles_agree(std::size_t left_row, std::size_t right_row) {
  if (!plan_.forms.middle) return true;
  const std::string_view left = left_.middle[left_row];
  const std::string_view right = right_.middle[right_row];
  switch (options_.algorithm) {
    case Algorithm::kA2:
      if (both_null(left_.view.middle_name, left_row, right_.view.middle_name, right_row)) return true;
      return both_valid(left_.view.middle_name, left_row, right_.view.middle_name, right_row) && left == right;
    case Algorithm::kL1:
    case Algorithm::kL4:
    case Algorithm::kL7:
      return left == right && is_full_name_part(left);
    case Algorithm::kL2:
    case Algorithm::kL5:
    case Algorithm::kL8:
      initials(left, left_buffers_.simple);
      initials(right, right_buffers_.simple);
      return !left_buffers_.simple.empty() && left_buffers_.simple == right_buffers_.simple;
    default:
      return true;
  }
}

bool PairTester::places_agree(std::size_t left_row, std::size_t right_row) {
  if (options_.algorithm < Algorithm::kL4) return dates_pass(left_row, right_row, DateTest::kEqual);
  const auto column = options_.algorithm <= Algorithm::kL6 ? &PersonsView::barangay_code : &PersonsView::city_code;
  if (!both_valid(left_.view.*column, left_row, right_.view.*column, right_row)) return false;
  normalize_text((left_.view.*column)[left_row], left_buffers_.simple);
  normalize_text((right_.view.*column)[right_row], right_buffers_.simple);
  return !left_buffers_.simple.empty() && left_buffers_.simple == right_buffers_.simple;
}

}  // namespace matcher
