// The stacks of policies that are instantiated: the audited baseline and production.
#pragma once

#include "matcher/engine/policies/arena_allocation.hpp"
#include "matcher/engine/policies/borrowed_strings.hpp"
#include "matcher/engine/policies/candidates.hpp"
#include "matcher/engine/policies/copied_strings.hpp"
#include "matcher/engine/policies/growth.hpp"
#include "matcher/engine/policies/malloc_allocation.hpp"
#include "matcher/engine/policies/names.hpp"
#include "matcher/engine/policies/phonetic.hpp"
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

// What match_persons runs.
struct ProductionStack {
  using Allocation = ArenaAllocation;
  using Strings = BorrowedStrings<Allocation>;
  using Growth = ReservedVectors;
  using Names = NamesStored;
  using Phonetic = PhoneticCached;
  using Scorer = BitParallelScorer;
  using Candidates = FinestKeyCandidates;
};

}  // namespace matcher
