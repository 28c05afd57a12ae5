// All pairs of rows, a date comparison each, as in the audited program.
#include "matcher/audited/stacks.hpp"
#include "plugins/persons/match_variant.hpp"

namespace {

struct Stack : matcher::StoredNamesStack {
  using Candidates = matcher::NestedCandidates;
};

}  // namespace

ASSAY_MATCH_VARIANT(Stack, "every left row against every right row, comparing birthdates")
