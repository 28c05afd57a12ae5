// Full-name policies: when "first middle last" is joined and brought into the normal form that the case rule compares.
#pragma once

namespace matcher {

// For both names of every candidate pair, as in the audited program.
struct NamesPerPair {
  static constexpr bool kStored = false;
  template <class Text>
  struct Stored {};
};

// Once per record.
struct NamesStored {
  static constexpr bool kStored = true;
  template <class Text>
  struct Stored {
    Text full_name;  // normalize_simple of the joined name
  };
};

}  // namespace matcher
