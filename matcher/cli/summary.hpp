// What a run has done and found, as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/cli/input_flags.hpp"
#include "matcher/cli/stopwatch.hpp"
#include "matcher/partitioned/partitioned_input.hpp"

namespace matcher {

using Json = nlohmann::ordered_json;

// rows, bad rows, duplicate ids, nulls by column.
[[nodiscard]] Json describe_table(const LoadedTable& table);
[[nodiscard]] Json describe_table(const std::string& name, const TableFacts& facts);

// {"schema": "matcher-summary/1", "command", "version", ...}: what every summary begins with.
[[nodiscard]] Json begin_summary(std::string_view command);

// Seconds by stage and the greatest resident set of the process in bytes.
void add_costs(const Stopwatch& stopwatch, Json& summary);

// One line per table that has bad rows or duplicate ids, for standard error.
[[nodiscard]] std::vector<std::string> warnings_of(const LoadedTable& table);
[[nodiscard]] std::vector<std::string> warnings_of(const std::string& name, const ReadReport& report);

}  // namespace matcher
