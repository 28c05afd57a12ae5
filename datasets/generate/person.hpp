// One person as the generator makes it, before it becomes a row.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace assay::datasets {

// A name part or nothing. Kept apart from std::optional so that clearing keeps the capacity of the string.
struct NamePart {
  std::string text;
  bool present = false;

  void clear() {
    text.clear();
    present = false;
  }
};

struct Person {
  NamePart first;
  NamePart middle;
  NamePart last;
  std::optional<std::int32_t> birthdate;  // days since 1970-01-01
  std::uint64_t household = 0;            // the number behind hh_id
  bool has_household = true;
};

}  // namespace assay::datasets
