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

}  // namespace matcher
