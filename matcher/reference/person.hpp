// One input row of the reference matcher.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace matcher::reference {

// Texts are UTF-8 as they came in; a missing value is nullopt, which is not the same as "".
struct Person {
  std::int64_t id = 0;
  std::optional<std::string> first;
  std::optional<std::string> middle;
  std::optional<std::string> last;
  std::optional<std::int32_t> birthdate_days;  // since 1970-01-01
  std::optional<std::string> uuid = {};        // names a household of the left table
  std::optional<std::string> hh_id = {};       // names a household of the right table; if null, id does
  std::optional<std::string> barangay_code = {};
  std::optional<std::string> city_code = {};
};

}  // namespace matcher::reference
