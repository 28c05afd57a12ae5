// Blocking keys: what two rows must agree on to be compared at all.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/reference/person.hpp"
#include "matcher/reference/row.hpp"

namespace matcher::reference {

struct KeyPart {
  std::string name;       // as written, without ":N": "birthyear", "first", "soundex(last)"
  std::size_t count = 0;  // N of "first:N": first characters only; 0: all
};

// "birthyear+soundex(last)" and so on. Throws std::invalid_argument if a part is unknown or empty.
[[nodiscard]] std::vector<KeyPart> parse_blocking_key(std::string_view text);

// The value of each part for one row; nullopt if any of them is null or empty: the row has no key.
[[nodiscard]] std::optional<KeyValues> key_values(const std::vector<KeyPart>& key, const Person& person,
                                                  const NameParts& normal, std::size_t code_length);

// True if both rows have a key and it is the same, for at least one of the keys of the run.
[[nodiscard]] bool agree_on_a_key(const Row& left, const Row& right);

}  // namespace matcher::reference
