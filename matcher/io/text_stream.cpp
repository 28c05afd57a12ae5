// Chains the filters that make UTF-8 of the bytes of a file.
#include "matcher/io/text_stream.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "matcher/io/decompress.hpp"

namespace matcher {
namespace {

constexpr std::size_t kBlockBytes = 65536;
constexpr std::size_t kLongestMark = 4;

// Lets the first bytes be seen before they are read.
class PeekStream final : public ByteStream {
 public:
  explicit PeekStream(std::unique_ptr<ByteStream> source) : source_(std::move(source)) {}

  // The first bytes; fewer only if there are no more. REQUIRES: nothing was read yet.
  [[nodiscard]] Result<std::string_view> peek(std::size_t count) {
    while (seen_.size() < count) {
      char buffer[kLongestMark];
      auto got = source_->read(buffer, std::min(sizeof buffer, count - seen_.size()));
      if (!got) return hand_on(got);
      if (*got == 0) break;
      seen_.append(buffer, *got);
    }
    return std::string_view(seen_);
  }
  void skip(std::size_t count) { seen_.erase(0, count); }

  [[nodiscard]] Result<std::size_t> read(char* buffer, std::size_t size) override {
    if (seen_.empty()) return source_->read(buffer, size);
    const std::size_t count = std::min(size, seen_.size());
    std::memcpy(buffer, seen_.data(), count);
    seen_.erase(0, count);
    return count;
  }

 private:
  std::unique_ptr<ByteStream> source_;
  std::string seen_;
};

class Latin1Stream final : public ByteStream {
 public:
  explicit Latin1Stream(std::unique_ptr<ByteStream> source) : source_(std::move(source)) {}

  [[nodiscard]] Result<std::size_t> read(char* buffer, std::size_t size) override {
    if (left_.empty()) {
      auto status = refill();
      if (!status) return hand_on(status);
    }
    const std::size_t count = std::min(size, left_.size());
    std::memcpy(buffer, left_.data(), count);
    left_.remove_prefix(count);
    return count;
  }

 private:
  [[nodiscard]] Status refill() {
    auto count = source_->read(latin1_.data(), latin1_.size());
    if (!count) return hand_on(count);
    char* out = utf8_.data();
    for (const char c : std::string_view(latin1_).substr(0, *count)) {
      const auto code = static_cast<unsigned char>(c);
      if (code < 0x80) {
        *out++ = c;
        continue;
      }
      *out++ = static_cast<char>(0xC0U | (code >> 6U));
      *out++ = static_cast<char>(0x80U | (code & 0x3FU));
    }
    left_ = {utf8_.data(), static_cast<std::size_t>(out - utf8_.data())};
    return {};
  }

  std::unique_ptr<ByteStream> source_;
  std::string latin1_ = std::string(kBlockBytes / 2, '\0');
  std::string utf8_ = std::string(kBlockBytes, '\0');  // at most two bytes for one
  std::string_view left_;
};

tl::unexpected<Error> fail_encoding(const std::string& name, const char* encoding) {
  return fail(ErrorKind::kBadInput, "{}: is {} text; convert it: iconv -f {} -t UTF-8 FILE > FILE.utf8", name, encoding,
              encoding);
}

}  // namespace

Result<std::size_t> byte_order_mark(std::string_view first_bytes, TextEncoding encoding, const std::string& name) {
  using std::string_view_literals::operator""sv;
  const auto begins = [&](std::string_view mark) { return first_bytes.substr(0, mark.size()) == mark; };
  if (begins("\xFF\xFE\0\0"sv) || begins("\0\0\xFE\xFF"sv)) return fail_encoding(name, "UTF-32");
  if (begins("\xFF\xFE"sv) || begins("\xFE\xFF"sv)) return fail_encoding(name, "UTF-16");
  if (!begins("\xEF\xBB\xBF"sv)) return 0;
  if (encoding == TextEncoding::kUtf8) return 3;
  return fail(ErrorKind::kBadInput, "{}: begins with the byte order mark of UTF-8, but latin1 was given; give utf8",
              name);
}

Result<std::unique_ptr<ByteStream>> as_text(std::unique_ptr<ByteStream> source, TextEncoding encoding,
                                            const std::string& name) {
  auto bytes = std::make_unique<PeekStream>(std::move(source));
  auto first = bytes->peek(kCompressionMarkBytes);
  if (!first) return hand_on(first);
  const Compression compression = compression_of(*first);
  if (compression != Compression::kNone) {
    auto unpacked = unpack(std::move(bytes), compression, name);
    if (!unpacked) return hand_on(unpacked);
    bytes = std::make_unique<PeekStream>(std::move(*unpacked));
    first = bytes->peek(kLongestMark);
    if (!first) return hand_on(first);
  }
  auto mark = byte_order_mark(*first, encoding, name);
  if (!mark) return hand_on(mark);
  bytes->skip(*mark);
  if (encoding == TextEncoding::kLatin1) return std::make_unique<Latin1Stream>(std::move(bytes));
  return bytes;
}

Result<TextStream> TextStream::open(const std::filesystem::path& path, TextEncoding encoding,
                                    const CancelCallback& is_cancelled) {
  auto file = InputDescriptor::open(path, is_cancelled);
  if (!file) return hand_on(file);
  auto text = as_text(std::make_unique<FileStream>(std::move(*file)), encoding, path.string());
  if (!text) return hand_on(text);
  return TextStream(std::move(*text));
}

}  // namespace matcher
