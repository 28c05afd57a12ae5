// The textbook's way: two rows of dynamic programming, greedy Jaro.
#include "matcher/similarity/scalar.hpp"
#include "plugins/names/score_variant.hpp"

namespace {

struct Scorer {
  static matcher::ScoreParts score(std::u32string_view left, std::u32string_view right) {
    return matcher::score_scalar(left, right);
  }
};

}  // namespace

ASSAY_PLUGIN(assay::names::ScoreVariant<Scorer>, "names cell by cell, one thread", ASSAY_LIST("names.score"),
             ASSAY_LIST())
