// The tests of the exact algorithms: A1, A2, L1 to L9.
#include "matcher/engine/pair_tester.hpp"
#include "matcher/text/name_parts.hpp"
#include "matcher/text/normalize.hpp"

namespace matcher {
bool PairTester::test_equality(std::size_t left_row, std::size_t right_row) {
  const bool nulls_agree = options_.direct_normalization && options_.conventions.null_equals_null;
  return parts_agree(&PreparedTable::first, left_row, right_row, nulls_agree) &&
         parts_agree(&PreparedTable::last, left_row, right_row, nulls_agree) && middles_agree(left_row, right_row) &&
         places_agree(left_row, right_row);
}

bool PairTester::parts_agree(PartForms PreparedTable::*part, std::size_t left_row, std::size_t right_row,
                             bool nulls_agree) {
  const PartForms& left = left_.*part;
  const PartForms& right = right_.*part;
  if (!left.valid(left_row) || !right.valid(right_row)) {
    return nulls_agree && !left.valid(left_row) && !right.valid(right_row);
  }
  return PartForms::equal(left, left_row, right, right_row, left_buffers_.joined, right_buffers_.joined);
}

bool PairTester::middles_agree(std::size_t left_row, std::size_t right_row) {
  const auto left = [&] { return left_.middle.text(left_row, left_buffers_.joined); };
  const auto right = [&] { return right_.middle.text(right_row, right_buffers_.joined); };
  switch (options_.algorithm) {
    case Algorithm::kA2:
      return parts_agree(&PreparedTable::middle, left_row, right_row, true);
    case Algorithm::kL1:
    case Algorithm::kL4:
    case Algorithm::kL7:
      return PartForms::equal(left_.middle, left_row, right_.middle, right_row, left_buffers_.joined,
                              right_buffers_.joined) &&
             is_full_name_part(left());
    case Algorithm::kL2:
    case Algorithm::kL5:
    case Algorithm::kL8:
      initials(left(), left_buffers_.simple);
      initials(right(), right_buffers_.simple);
      return !left_buffers_.simple.empty() && left_buffers_.simple == right_buffers_.simple;
    default:
      return true;
  }
}

bool PairTester::places_agree(std::size_t left_row, std::size_t right_row) {
  if (options_.algorithm < Algorithm::kL4) return dates_pass(left_row, right_row, DateTest::kEqual);
  const auto column = options_.algorithm <= Algorithm::kL6 ? &PersonsView::barangay_code : &PersonsView::city_code;
  if (!(left_.view.*column).valid(left_row) || !(right_.view.*column).valid(right_row)) return false;
  normalize_text((left_.view.*column)[left_row], left_buffers_.simple);
  normalize_text((right_.view.*column)[right_row], right_buffers_.simple);
  return !left_buffers_.simple.empty() && left_buffers_.simple == right_buffers_.simple;
}

}  // namespace matcher
