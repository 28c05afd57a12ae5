// What the engine keeps per person and per match, for a given stack of policies.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include "matcher/engine/match.hpp"

namespace matcher {

// An original row, as the audited program's Person.
template <class Text>
struct Person {
  std::int64_t id = 0;
  Text uuid;
  Text first_name;
  Text middle_name;
  Text last_name;
  std::optional<std::int32_t> birthdate;
  Text hh_id;
};

// Who a normalized record is, for stacks whose records own that.
template <class Text>
struct OwnedIdentity {
  std::int64_t id = 0;
  Text uuid;
};
struct BorrowedIdentity {};

// A row as it is compared: parts after normalize_text, null where the row has null.
template <class Stack>
struct NormalizedPerson {
  using Text = typename Stack::Strings::Text;
  using Identity = std::conditional_t<Stack::Strings::kKeepsPersons, OwnedIdentity<Text>, BorrowedIdentity>;

  Text first_name;
  Text middle_name;
  Text last_name;
  std::optional<std::int32_t> birthdate;
  [[no_unique_address]] Identity identity;
  [[no_unique_address]] typename Stack::Names::template Stored<Text> name;
  [[no_unique_address]] typename Stack::Phonetic::Stored phonetic;
  [[no_unique_address]] typename Stack::Candidates::Stored join;
};

// An accepted pair that owns both persons, as the audited program's MatchPair.
template <class Stack>
struct PersonMatch {
  using Text = typename Stack::Strings::Text;

  Person<Text> left;
  Person<Text> right;
  typename Stack::Allocation::template List<Text> matched_fields;
  Match match;
};

// What a stack's result is made of.
template <class Stack>
using StoredMatch = std::conditional_t<Stack::Strings::kKeepsPersons, PersonMatch<Stack>, Match>;

[[nodiscard]] inline const Match& verdict_of(const Match& stored) {
  return stored;
}
template <class Stack>
[[nodiscard]] const Match& verdict_of(const PersonMatch<Stack>& stored) {
  return stored.match;
}

}  // namespace matcher
