// Reads a CSV file of persons batch by batch, in bounded memory.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

#include "matcher/io/byte_stream.hpp"
#include "matcher/io/csv_format.hpp"
#include "matcher/io/persons_source.hpp"
#include "matcher/model/error.hpp"

namespace matcher {

inline constexpr std::size_t kCsvBlockBytes = std::size_t{1} << 20;

// The same rows and the same errors as read_persons_csv gives. Holds a block of about a megabyte, or the longest
// record. Errors: those of TextStream::open.
[[nodiscard]] Result<std::unique_ptr<PersonsSource>> open_csv_source(const std::filesystem::path& path,
                                                                     const CsvFormat& format);

// The same from a stream of UTF-8 text without a byte order mark; name stands for the file in error texts. Rows and
// errors do not depend on block_bytes, how much is read at a time. REQUIRES: block_bytes > 0.
[[nodiscard]] std::unique_ptr<PersonsSource> csv_source_of(std::unique_ptr<ByteStream> text, std::string name,
                                                           const CsvFormat& format,
                                                           std::size_t block_bytes = kCsvBlockBytes);

}  // namespace matcher
