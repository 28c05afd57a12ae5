// The two profiles.
#include "matcher/engine/match_options.hpp"

namespace matcher {

Conventions conventions_of(Profile profile, Algorithm algorithm) {
  if (profile == Profile::kSound) {
    return {.normalizer = Normalizer::kText,
            .length_unit = LengthUnit::kScalars,
            .code_length = 0,
            .null_equals_null = false};
  }
  const bool raw = algorithm == Algorithm::kL10 || algorithm == Algorithm::kL11;
  return {.normalizer = raw ? Normalizer::kRaw : Normalizer::kText};
}

Conventions ConventionChoice::of(Algorithm algorithm) const {
  Conventions conventions = conventions_of(profile, algorithm);
  conventions.normalizer = normalizer.value_or(conventions.normalizer);
  conventions.length_unit = length_unit.value_or(conventions.length_unit);
  conventions.code_length = code_length.value_or(conventions.code_length);
  return conventions;
}

}  // namespace matcher
