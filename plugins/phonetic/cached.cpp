// T1-CPU-03 after: codes are made once per record.
#include "matcher/audited/stacks.hpp"
#include "plugins/persons/match_variant.hpp"

namespace {

struct Stack : matcher::AuditedStack {
  using Phonetic = matcher::PhoneticCached;
};

}  // namespace

ASSAY_MATCH_VARIANT(Stack, "phonetic code computed once per record")
