// Numbers and texts one after the other in a string of bytes, each text behind its length.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace matcher::gpu {

inline void put_number(std::string& bytes, std::uint64_t number) {
  bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
}

inline void put_text(std::string& bytes, std::string_view text) {
  put_number(bytes, text.size());
  bytes += text;
}

// Takes numbers and texts from the front. Once something is missing, all further answers are empty.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  [[nodiscard]] std::optional<std::uint64_t> number() {
    std::uint64_t number = 0;
    const auto bytes = take(sizeof number);
    if (!bytes) return std::nullopt;
    std::memcpy(&number, bytes->data(), sizeof number);
    return number;
  }
  [[nodiscard]] std::optional<std::string_view> text() {
    const auto size = number();
    return size ? take(*size) : std::nullopt;
  }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  [[nodiscard]] std::optional<std::string_view> take(std::uint64_t size) {
    if (size > rest_.size()) {
      rest_ = {};
      return std::nullopt;
    }
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_;
};

}  // namespace matcher::gpu
