// The same integers from bit-parallel recurrences.
#include "matcher/similarity/bit_parallel.hpp"
#include "plugins/names/score_variant.hpp"

namespace {

struct Scorer {
  static matcher::ScoreParts score(std::u32string_view left, std::u32string_view right) {
    return matcher::score_bit_parallel(left, right);
  }
};

}  // namespace

ASSAY_PLUGIN(assay::names::ScoreVariant<Scorer>, "names on machine words, one thread", ASSAY_LIST("names.score"),
             ASSAY_LIST())
