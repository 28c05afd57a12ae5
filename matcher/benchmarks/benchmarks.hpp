// What each group of micro-benchmarks registers.
#pragma once

#include "matcher/benchmarks/name_sample.hpp"

namespace matcher {

// Normal forms, phonetic code and hashes: one item is one full name. `sample` must outlive the run.
void register_text_benchmarks(const NameSample& sample);

// Scores of name pairs: one item is one pair. `sample` must outlive the run.
void register_similarity_benchmarks(const NameSample& sample);

// From names to the arrays of block kernels: one item is one row of either table. `sample` must outlive the run.
void register_gpu_arrays_benchmarks(const NameSample& sample);

}  // namespace matcher
