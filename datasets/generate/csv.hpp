// Writes a data set as CSV files with the same rows.
#pragma once

#include <filesystem>

#include "datasets/generate/make.hpp"
#include "datasets/load/dataset.hpp"
#include "harness/core/result.hpp"

namespace assay::datasets {

// Writes `<folder>/<table>.csv` for every table, the truth included: a heading line, RFC 4180 quoting with lines that
// end in a single newline, ISO dates, null as an empty field and an empty text as "". Every file is written under a
// temporary name; they get their names together at the end. Errors: kInternal (disk full), kInterrupted.
[[nodiscard]] Status write_csv(const Dataset& dataset, const std::filesystem::path& folder, unsigned threads,
                               const OnProgress& on_progress = {});

}  // namespace assay::datasets
