// Reads a table of persons from a CSV file.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>

#include "matcher/io/csv_format.hpp"
#include "matcher/model/error.hpp"
#include "matcher/model/persons_table.hpp"

namespace matcher {

struct PersonsRead {
  PersonsTable table;
  ReadReport report;
};

// The first record names the columns, in any order: those of format.names. id, first_name, last_name and birthdate are
// required; others are optional; what is not named is ignored. An empty field is null. Rows keep the order of the file.
// gzip and Zstandard are unpacked. Errors: kBadInput with file, line, value and what to do. O(bytes), on `threads`
// threads; the result does not depend on their number.
[[nodiscard]] Result<PersonsRead> read_persons_csv(const std::filesystem::path& path, const CsvFormat& format,
                                                   unsigned threads);

// The same from text in memory; name stands for the file in error texts.
[[nodiscard]] Result<PersonsRead> parse_persons_csv(std::string_view content, std::string_view name,
                                                    const CsvFormat& format, unsigned threads);

// The same, read in about so many pieces. The result does not depend on their number either.
[[nodiscard]] Result<PersonsRead> parse_persons_csv_in_pieces(std::string_view content, std::string_view name,
                                                              const CsvFormat& format, std::size_t pieces,
                                                              unsigned threads);

// The same with the usual format, on one thread.
[[nodiscard]] Result<PersonsTable> read_persons_csv(const std::filesystem::path& path);
[[nodiscard]] Result<PersonsTable> parse_persons_csv(std::string_view content, std::string_view name);

}  // namespace matcher
