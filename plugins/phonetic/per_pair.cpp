// T1-CPU-03 before: phonetic normalization and encoding per candidate pair, as on the audited CPU paths.
#include "matcher/audited/stacks.hpp"
#include "plugins/persons/match_variant.hpp"

namespace {

struct Stack : matcher::AuditedStack {
  using Phonetic = matcher::PhoneticPerPair;
};

}  // namespace

ASSAY_MATCH_VARIANT(Stack, "phonetic form and Double Metaphone recomputed for both names of every pair")
