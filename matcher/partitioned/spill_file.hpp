// Temporary files of a run: written and read front to back through a buffer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <type_traits>

#include "matcher/model/error.hpp"

namespace matcher {

// Appends raw values to a text: the format of spill files, which only the program that wrote them reads.
template <class T>
void append_value(std::string& out, const T& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}
inline void append_text(std::string& out, std::string_view text) {
  append_value(out, static_cast<std::uint32_t>(text.size()));
  out.append(text);
}

// Appends bytes to a file, making it if it is not there. Errors: kInternal (disk full) with the path.
[[nodiscard]] Status append_to_file(const std::filesystem::path& path, std::string_view bytes);

// Bytes of a file; 0 if it is not there.
[[nodiscard]] std::uintmax_t size_of_file(const std::filesystem::path& path);

// Reads values front to back. Move-only.
class SpillReader {
 public:
  // A file that is not there reads as empty. Errors: kInternal.
  [[nodiscard]] static Result<SpillReader> open(const std::filesystem::path& path, std::size_t buffer_bytes);

  SpillReader(SpillReader&& other) noexcept;
  SpillReader& operator=(SpillReader&& other) noexcept;
  SpillReader(const SpillReader&) = delete;
  SpillReader& operator=(const SpillReader&) = delete;
  ~SpillReader();

  // The next `size` bytes, valid until the next call; empty at the end. Errors: kInternal if the file ends within them.
  [[nodiscard]] Result<std::string_view> take(std::size_t size);
  // Bytes taken so far.
  [[nodiscard]] std::uint64_t taken() const { return taken_; }

 private:
  SpillReader() = default;

  std::string path_;
  int descriptor_ = -1;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t taken_ = 0;
};

// Takes values out of a text one after another. REQUIRES: they are there.
class ValueReader {
 public:
  explicit ValueReader(std::string_view bytes) : bytes_(bytes) {}
  template <class T>
  [[nodiscard]] T value() {
    T result;
    std::memcpy(&result, bytes_.data(), sizeof result);
    bytes_.remove_prefix(sizeof result);
    return result;
  }
  [[nodiscard]] std::string_view text() {
    const auto size = value<std::uint32_t>();
    const std::string_view result = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return result;
  }

 private:
  std::string_view bytes_;
};

}  // namespace matcher
