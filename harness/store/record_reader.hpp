// Parts of a record read back from what record.hpp wrote.
#pragma once

#include "harness/store/record.hpp"

namespace assay::store {

// Status, counts and differences; reference and challenge stay as they are in a fresh one. Errors: kUsage.
[[nodiscard]] Result<EquivalenceRecord> equivalence_from_json(const Json& json);

[[nodiscard]] Json to_json(const DatasetRecord& dataset);
[[nodiscard]] Result<CountFigures> counts_from_json(const Json& json);
// Errors: kUsage.
[[nodiscard]] Result<DatasetRecord> dataset_from_json(const Json& json);

}  // namespace assay::store
