// T3-MEM-01 before: every string is an allocation of its own, freed on its own.
#include "matcher/audited/stacks.hpp"
#include "plugins/persons/match_variant.hpp"

namespace {

struct Stack : matcher::AuditedStack {
  using Allocation = matcher::MallocAllocation;
  using Strings = matcher::CopiedStrings<Allocation>;
};

}  // namespace

ASSAY_MATCH_VARIANT(Stack, "one heap allocation per string")
