// T1-MEM-01 before: records, normalized records and matches own clones of their strings, as in the audited program.
#include "matcher/audited/stacks.hpp"
#include "plugins/persons/match_variant.hpp"

namespace {

struct Stack : matcher::AuditedStack {
  using Strings = matcher::CopiedStrings<Allocation>;
};

}  // namespace

ASSAY_MATCH_VARIANT(Stack, "every record and match owns copies of its strings")
