// The stacks of policies that variants start from.
#pragma once

#include "matcher/audited/policies/arena_allocation.hpp"
#include "matcher/audited/policies/candidates.hpp"
#include "matcher/audited/policies/copied_strings.hpp"
#include "matcher/audited/policies/growth.hpp"
#include "matcher/audited/policies/malloc_allocation.hpp"
#include "matcher/audited/policies/names.hpp"
#include "matcher/audited/policies/phonetic.hpp"
#include "matcher/rules/case_rule.hpp"

namespace matcher {

// Where the variant families start: the audited program's way, save that phonetic codes are cached and candidates
// hashed, because per-pair phonetics and all-pairs loops would drown every other difference. A variant derives from it
// and replaces one policy.
struct AuditedStack {
  using Allocation = MallocAllocation;
  using Strings = CopiedStrings<Allocation>;
  using Growth = GrownVectors;
  using Names = NamesPerPair;
  using Phonetic = PhoneticCached;
  using Scorer = ScalarScorer;
  using Candidates = HashedCandidates;
};

// The same with full names joined once per record: the base of families that show what one step of the engine is worth
// and that no audit makes a claim about (score, candidates). Joining names for every pair would dilute the difference.
struct StoredNamesStack : AuditedStack {
  using Names = NamesStored;
};

}  // namespace matcher
