// Reads a CSV file of persons batch by batch, in bounded memory.
#pragma once

#include <filesystem>
#include <memory>

#include "matcher/io/csv_format.hpp"
#include "matcher/io/persons_source.hpp"
#include "matcher/model/error.hpp"

namespace matcher {

// The same rows and the same errors as read_persons_csv gives. Holds a block of about a megabyte, or the longest
// record. Errors: those of TextStream::open.
[[nodiscard]] Result<std::unique_ptr<PersonsSource>> open_csv_source(const std::filesystem::path& path,
                                                                     const CsvFormat& format);

}  // namespace matcher
