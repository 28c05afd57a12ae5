// Which test accepted a pair.
#pragma once

namespace matcher::reference {

enum class Rule {
  kExact = 0,
  kDirect = 1,
  kCase1 = 2,
  kCase2 = 3,
  kCase3 = 4,
  kWeighted = 5,   // A7-LEVENSHTEIN
  kAutoMatch = 6,  // MAX3 at 95 or more
  kReview = 7,     // MAX3 below
};

}  // namespace matcher::reference
