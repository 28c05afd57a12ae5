// T3-MEM-01 after: a bump arena under the same copied strings.
#include "matcher/audited/stacks.hpp"
#include "plugins/persons/match_variant.hpp"

namespace {

struct Stack : matcher::AuditedStack {
  using Allocation = matcher::ArenaAllocation;
  using Strings = matcher::CopiedStrings<Allocation>;
};

}  // namespace

ASSAY_MATCH_VARIANT(Stack, "strings cut from large blocks by moving a pointer, freed at once")
