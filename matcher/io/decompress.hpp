// Unpacks gzip and Zstandard while reading.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "matcher/io/byte_stream.hpp"
#include "matcher/model/error.hpp"

namespace matcher {

enum class Compression : std::uint8_t { kNone, kGzip, kZstd };

constexpr std::size_t kCompressionMarkBytes = 4;

// What the first bytes of a file say it is: gzip 1F 8B (RFC 1952), Zstandard 28 B5 2F FD (RFC 8878).
[[nodiscard]] Compression compression_of(std::string_view first_bytes);

// The unpacked bytes of source. Several members or frames one after another are one text; what is neither is damage.
// Memory: 64 KiB, and the window of the format (gzip 32 KiB, Zstandard at most 128 MiB, as the zstd program does).
// name: the file in error texts. Errors of read: kBadInput with the position in source, if the data is damaged or ends
// within a member or frame. REQUIRES: compression is not kNone. Errors: kInternal if there is no memory.
[[nodiscard]] Result<std::unique_ptr<ByteStream>> unpack(std::unique_ptr<ByteStream> source, Compression compression,
                                                         std::string name);

}  // namespace matcher
