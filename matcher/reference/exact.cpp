// Equality of names, line by line as the definition lists it.
#include "matcher/reference/exact.hpp"

namespace matcher::reference {
namespace {

// A null never equals anything.
bool equal(const Text& left, const Text& right) {
  return left && right && *left == *right;
}

// A1. With null_equals_null a null first or last name equals another one.
bool same_compared_names(const NameParts& left, const NameParts& right, const MatchOptions& options) {
  if (options.direct_normalization && options.null_equals_null) {
    return left.first == right.first && left.last == right.last;
  }
  return equal(left.first, right.first) && equal(left.last, right.last);
}

// L1, L4 and L7; L2, L5 and L8; L3, L6 and L9.
bool same_level_names(const Row& left, const Row& right, Algorithm level) {
  if (!equal(left.normal.first, right.normal.first) || !equal(left.normal.last, right.normal.last)) return false;
  if (level == Algorithm::kL1 || level == Algorithm::kL4 || level == Algorithm::kL7) {
    return equal(left.full_middle, right.full_middle);
  }
  if (level == Algorithm::kL2 || level == Algorithm::kL5 || level == Algorithm::kL8) {
    return equal(left.middle_initials, right.middle_initials);
  }
  return true;
}

// L1 to L3 ask for the birthdate instead.
bool same_level_place(const Row& left, const Row& right, Algorithm level) {
  if (level >= Algorithm::kL4 && level <= Algorithm::kL6) return equal(left.barangay, right.barangay);
  if (level >= Algorithm::kL7 && level <= Algorithm::kL9) return equal(left.city, right.city);
  return true;
}

}  // namespace

bool accepts_exactly(const Row& left, const Row& right, const MatchOptions& options) {
  const Algorithm algorithm = options.algorithm;
  if (algorithm == Algorithm::kA1) return same_compared_names(left.compared, right.compared, options);
  if (algorithm == Algorithm::kA2) {
    return same_compared_names(left.compared, right.compared, options) && left.compared.middle == right.compared.middle;
  }
  return same_level_names(left, right, algorithm) && same_level_place(left, right, algorithm);
}

}  // namespace matcher::reference
