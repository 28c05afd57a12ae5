// Reads a table of persons from a CSV file.
#pragma once

#include <filesystem>
#include <string_view>

#include "matcher/model/error.hpp"
#include "matcher/model/persons_table.hpp"

namespace matcher {

// The first record names the columns, in any order: id, first_name, last_name and birthdate are required; uuid,
// middle_name and hh_id are optional; others are ignored. An empty field is null. id is a 64-bit whole number and never
// null, birthdate is yyyy-mm-dd. Rows keep the order of the file.
// Errors: kBadInput with file, line, value and what to do. O(bytes), one thread.
[[nodiscard]] Result<PersonsTable> read_persons_csv(const std::filesystem::path& path);

// The same from text in memory; name stands for the file in error texts.
[[nodiscard]] Result<PersonsTable> parse_persons_csv(std::string_view content, std::string_view name);

}  // namespace matcher
