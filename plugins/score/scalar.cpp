// The audited way to score: two rows of dynamic programming, greedy Jaro.
#include "matcher/audited/stacks.hpp"
#include "plugins/persons/match_variant.hpp"

namespace {

struct Stack : matcher::StoredNamesStack {
  using Scorer = matcher::ScalarScorer;
};

}  // namespace

ASSAY_MATCH_VARIANT(Stack, "Levenshtein by dynamic programming, Jaro by flag arrays")
