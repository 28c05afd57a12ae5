// T1-CPU-02 after: capacity reserved up front.
#include "matcher/audited/stacks.hpp"
#include "plugins/persons/match_variant.hpp"

namespace {

struct Stack : matcher::AuditedStack {
  using Growth = matcher::ReservedVectors;
};

}  // namespace

ASSAY_MATCH_VARIANT(Stack, "vectors reserve their size, or an estimate of it, before they are filled")
