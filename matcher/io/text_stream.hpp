// The text of an input file as UTF-8, read piece by piece in bounded memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "matcher/io/byte_stream.hpp"
#include "matcher/model/error.hpp"

namespace matcher {

enum class TextEncoding : std::uint8_t {
  kUtf8,    // handed on as it is, unchecked
  kLatin1,  // ISO-8859-1: byte n is U+00n
};

// The UTF-8 text in source, which is unpacked if its first bytes are those of gzip or Zstandard. A UTF-8 byte order
// mark is removed. name: the file in error texts. Errors, also those of read: kBadInput if compressed data is damaged
// (see unpack), or if the text begins with a byte order mark of UTF-16 or UTF-32, or with that of UTF-8 though Latin-1
// is said.
[[nodiscard]] Result<std::unique_ptr<ByteStream>> as_text(std::unique_ptr<ByteStream> source, TextEncoding encoding,
                                                          const std::string& name);

// Bytes of a byte order mark of UTF-8 at the start of a text, 0 without one. Errors: as as_text.
[[nodiscard]] Result<std::size_t> byte_order_mark(std::string_view first_bytes, TextEncoding encoding,
                                                  const std::string& name);

// as_text of a file. Holds a few blocks of 64 KiB and the window of the compression. Move-only.
class TextStream {
 public:
  // is_cancelled: asked while a pipe has nothing to read; read then answers kCancelled. Errors: kBadInput if the file
  // is missing, a folder or unreadable, or as as_text.
  [[nodiscard]] static Result<TextStream> open(const std::filesystem::path& path, TextEncoding encoding,
                                               const CancelCallback& is_cancelled = {});
  // At least one and at most size bytes, 0 only at the end; a piece may end within a character. REQUIRES: size > 0; no
  // call after a failed one.
  [[nodiscard]] Result<std::size_t> read(char* buffer, std::size_t size) { return text_->read(buffer, size); }
  // The stream behind it; only destruction is legal afterwards.
  [[nodiscard]] std::unique_ptr<ByteStream> release() && { return std::move(text_); }

 private:
  explicit TextStream(std::unique_ptr<ByteStream> text) : text_(std::move(text)) {}

  std::unique_ptr<ByteStream> text_;
};

}  // namespace matcher
