// The two registers before damage: who stands in a row of the left table, and in a slot of the right one.
#pragma once

#include <cstdint>
#include <optional>

#include "datasets/generate/household.hpp"
#include "datasets/generate/name_tables.hpp"
#include "datasets/generate/permutation.hpp"
#include "datasets/generate/person.hpp"

namespace assay::datasets {

// Shares in 1/65536. A right slot is the second record of the left person with the same number if the household is in
// the right register (80 %) and the member in it (87.5 %): 70 % of all rows. One in 16 of the other slots is one more
// record of some left person; the rest are people that the left register does not have.
inline constexpr std::uint32_t kHouseholdOverlap = 52429;
inline constexpr std::uint32_t kMemberOverlap = 57344;
inline constexpr std::uint32_t kSecondCopy = 4096;

// Ids: left rows are numbered from 1, right rows from kFirstRightId, so that a mix-up of sides cannot pass unseen.
inline constexpr std::int64_t kFirstLeftId = 1;
inline constexpr std::int64_t kFirstRightId = 1'000'000'001;

// Pure functions of (seed, profile, rows); safe from any number of threads, each with its own People.
class People {
 public:
  People(const NameTables& names, std::uint64_t rows, std::uint64_t seed, Profile profile)
      : names_(names),
        rows_(rows),
        seed_(seed),
        profile_(profile),
        household_order_(rows, seed, Stream::kHouseholdNumber) {}

  void left(std::uint64_t row, Person* person);

  // Returns the left row whose second record the slot is, if it is one.
  std::optional<std::uint64_t> right(std::uint64_t slot, Person* person);

  // First row of the household that the row or slot belongs to; the household uuid is made from it.
  [[nodiscard]] std::uint64_t first_row(std::uint64_t row) const {
    return household_of(row, seed_, profile_).first_row;
  }

  // The right register numbers its households in an order of its own.
  [[nodiscard]] std::uint64_t right_household_number(std::uint64_t first_row) const {
    return household_order_(first_row);
  }

 private:
  void draw_person(const Household& household, std::uint32_t member, Draws draws, Person* person);
  void draw_first_name(Origin origin, Gender gender, Draws& draws, std::string* name) const;
  void draw_middle(Origin origin, Gender gender, Draws& draws, NamePart* middle) const;
  void drop_missing(std::uint64_t row, Person* person) const;

  const NameTables& names_;
  std::uint64_t rows_;
  std::uint64_t seed_;
  Profile profile_;
  Permutation household_order_;
  Household household_;  // scratch
};

}  // namespace assay::datasets
