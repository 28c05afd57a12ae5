// What the engine keeps per person and per match, for a given stack of policies.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

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

// A row as it is compared: parts after normalize_text, null where the row has null.
template <class Stack>
struct NormalizedPerson {
  using Text = typename Stack::Strings::Text;

  std::int64_t id = 0;
  Text uuid;
  Text first_name;
  Text middle_name;
  Text last_name;
  std::optional<std::int32_t> birthdate;
  [[no_unique_address]] typename Stack::Names::template Stored<Text> name;
  [[no_unique_address]] typename Stack::Phonetic::Stored phonetic;
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

}  // namespace matcher
