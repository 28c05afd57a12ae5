// Applies the error model to one person.
#pragma once

#include <cstdint>

#include "datasets/generate/error_model.hpp"
#include "datasets/generate/name_tables.hpp"
#include "datasets/generate/people.hpp"
#include "datasets/generate/person.hpp"

namespace assay::datasets {

// Pure function of (seed, profile, slot, person); each thread has its own.
class Damage {
 public:
  Damage(const NameTables& names, const People& people, std::uint64_t rows, std::uint64_t seed, Profile profile)
      : names_(names), people_(people), rows_(rows), seed_(seed), profile_(profile) {}

  // Changes *person and returns the bits of what happened; adds to *counts unless it is nullptr. A bit that is set
  // always means a change at that step; a later step may change the same place again.
  std::uint32_t apply(std::uint64_t slot, Person* person, DamageCounts* counts) const;

 private:
  // True if the kind can happen to this person. With draws, it happens.
  bool damage(DamageKind kind, Person* person, Draws* draws) const;
  bool change_surname(Person* person, Draws* draws) const;
  bool change_first_to_nickname(Person* person, Draws* draws) const;
  bool rewrite_names(DamageKind kind, Person* person, bool apply) const;
  bool move_household(Person* person, Draws* draws) const;

  const NameTables& names_;
  const People& people_;
  std::uint64_t rows_;
  std::uint64_t seed_;
  Profile profile_;
};

}  // namespace assay::datasets
