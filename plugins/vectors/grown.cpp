// T1-CPU-02 before: no vector knows its size.
#include "matcher/audited/stacks.hpp"
#include "plugins/persons/match_variant.hpp"

namespace {

struct Stack : matcher::AuditedStack {
  using Growth = matcher::GrownVectors;
};

}  // namespace

ASSAY_MATCH_VARIANT(Stack, "vectors start empty and double when full")
