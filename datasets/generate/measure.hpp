// What a persons data set really contains, counted from its rows: the manifest states it, the check counts it again.
#pragma once

#include "assay/plugin.h"
#include "harness/core/json.hpp"

namespace assay::datasets {

// Per table: nulls per column, distinct names, lengths; over both: pairs with the same birthdate, true pairs, errors
// per pair, similarity of their names. Lengths count Unicode scalar values. Full names are first, middle and last that
// are present, joined by a space. REQUIRES: tables as generate/people_tables makes them. Exact for any number of
// threads.
[[nodiscard]] Json measure(const assay_table& left, const assay_table& right, const assay_table& truth,
                           unsigned threads);

// How many truth rows have each bit of error_kinds set.
[[nodiscard]] Json count_error_kinds(const assay_table& truth);

}  // namespace assay::datasets
