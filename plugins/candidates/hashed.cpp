// Only pairs that share the birthdate are looked at.
#include "matcher/audited/stacks.hpp"
#include "plugins/persons/match_variant.hpp"

namespace {

struct Stack : matcher::StoredNamesStack {
  using Candidates = matcher::HashedCandidates;
};

}  // namespace

ASSAY_MATCH_VARIANT(Stack, "right rows grouped by birthdate in a hash table")
