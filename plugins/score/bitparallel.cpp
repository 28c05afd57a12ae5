// The same scores from bit-parallel recurrences; equal to the last bit.
#include "matcher/audited/stacks.hpp"
#include "plugins/persons/match_variant.hpp"

namespace {

struct Stack : matcher::StoredNamesStack {
  using Scorer = matcher::BitParallelScorer;
};

}  // namespace

ASSAY_MATCH_VARIANT(Stack, "Levenshtein (Hyyro) and Jaro on machine words, 64 characters a step")
