// T1-MEM-01 after: one table of distinct strings, atoms everywhere else.
#include "matcher/audited/policies/interned_strings.hpp"
#include "matcher/audited/stacks.hpp"
#include "plugins/persons/match_variant.hpp"

namespace {

struct Stack : matcher::AuditedStack {
  using Strings = matcher::InternedStrings<Allocation>;
};

}  // namespace

ASSAY_MATCH_VARIANT(Stack, "each distinct string is stored once; records and matches hold 32-bit atoms")
