// Bytes that are read one after another, from a file, from memory or through a filter.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string_view>
#include <utility>

#include "matcher/io/input_descriptor.hpp"
#include "matcher/model/error.hpp"

namespace matcher {

class ByteStream {
 public:
  ByteStream() = default;
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;
  virtual ~ByteStream() = default;

  // At least one and at most size bytes, 0 only at the end. REQUIRES: size > 0; no call after a failed one.
  [[nodiscard]] virtual Result<std::size_t> read(char* buffer, std::size_t size) = 0;
};

class FileStream final : public ByteStream {
 public:
  explicit FileStream(InputDescriptor file) : file_(std::move(file)) {}
  [[nodiscard]] Result<std::size_t> read(char* buffer, std::size_t size) override { return file_.read(buffer, size); }

 private:
  InputDescriptor file_;
};

class MemoryStream final : public ByteStream {
 public:
  // bytes must outlive the object.
  explicit MemoryStream(std::string_view bytes) : bytes_(bytes) {}
  [[nodiscard]] Result<std::size_t> read(char* buffer, std::size_t size) override {
    const std::size_t count = std::min(size, bytes_.size());
    if (count > 0) std::memcpy(buffer, bytes_.data(), count);
    bytes_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view bytes_;
};

}  // namespace matcher
