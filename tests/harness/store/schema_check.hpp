// A JSON value against a schema of reports/schema/, by the jsonschema package of Python.
#pragma once

#include <string>

#include "harness/core/json.hpp"

namespace assay::testing {

[[nodiscard]] bool has_schema_checker();

// Empty if the value keeps the schema ("assay-result-1.json"), else what it breaks. REQUIRES: has_schema_checker().
[[nodiscard]] std::string schema_errors(const std::string& schema, const Json& value);

}  // namespace assay::testing

// For the first line of a test that needs it.
#define ASSAY_SKIP_WITHOUT_SCHEMA_CHECKER() \
  if (!assay::testing::has_schema_checker()) GTEST_SKIP() << "no python3 with jsonschema; install python3-jsonschema"
