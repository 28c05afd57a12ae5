// Streams over zlib and libzstd.
#include "matcher/io/decompress.hpp"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <utility>

namespace matcher {
namespace {

constexpr std::size_t kBlockBytes = 65536;
constexpr std::size_t kMostOutBytes = std::size_t{1} << 30;  // zlib counts in 32 bits
constexpr int kGzipWindow = 15 + 16;                         // zlib's own number for the largest window, gzip only

// The compressed bytes, a block at a time.
class Input {
 public:
  Input(std::unique_ptr<ByteStream> source, const char* format, std::string name)
      : source_(std::move(source)), format_(format), name_(std::move(name)) {}

  // Reads a block if the last one is used up. No bytes left afterwards: the end of the file.
  [[nodiscard]] Status refill() {
    if (!left_.empty()) return {};
    auto count = source_->read(block_.data(), block_.size());
    if (!count) return hand_on(count);
    left_ = std::string_view(block_).substr(0, *count);
    position_ += *count;
    return {};
  }
  [[nodiscard]] std::string_view left() const { return left_; }
  void keep_last(std::size_t count) { left_.remove_prefix(left_.size() - count); }

  [[nodiscard]] tl::unexpected<Error> fail_damaged(const char* reason) const {
    return fail(ErrorKind::kBadInput, "{}: damaged {} data at byte {}: {}; fetch or compress the file again", name_,
                format_, position_ - left_.size(), reason);
  }
  [[nodiscard]] tl::unexpected<Error> fail_truncated() const {
    return fail(ErrorKind::kBadInput, "{}: {} data is cut off at byte {}; fetch or compress the file again", name_,
                format_, position_);
  }

 private:
  std::unique_ptr<ByteStream> source_;
  const char* format_;
  std::string name_;
  std::string block_ = std::string(kBlockBytes, '\0');
  std::string_view left_;
  std::uint64_t position_ = 0;  // of the end of the block
};

class GzipStream final : public ByteStream {
 public:
  explicit GzipStream(Input input) : input_(std::move(input)) {
    ready_ = ::inflateInit2(&stream_, kGzipWindow) == Z_OK;
  }
  ~GzipStream() override {
    if (ready_) ::inflateEnd(&stream_);
  }
  [[nodiscard]] bool ready() const { return ready_; }

  [[nodiscard]] Result<std::size_t> read(char* buffer, std::size_t size) override {
    const std::size_t room = std::min(size, kMostOutBytes);
    while (true) {
      auto status = input_.refill();
      if (!status) return hand_on(status);
      const bool at_end = input_.left().empty();
      if (at_end && between_members_) return 0;
      if (between_members_) ::inflateReset(&stream_);
      const int code = inflate_into(buffer, room);
      const std::size_t count = room - stream_.avail_out;
      between_members_ = code == Z_STREAM_END;
      if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
        return input_.fail_damaged(stream_.msg != nullptr ? stream_.msg : ::zError(code));
      }
      if (count > 0) return count;
      if (at_end && !between_members_) return input_.fail_truncated();
    }
  }

 private:
  int inflate_into(char* buffer, std::size_t room) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input_.left().data()));
    stream_.avail_in = static_cast<uInt>(input_.left().size());
    stream_.next_out = reinterpret_cast<Bytef*>(buffer);
    stream_.avail_out = static_cast<uInt>(room);
    const int code = ::inflate(&stream_, Z_NO_FLUSH);
    input_.keep_last(stream_.avail_in);
    return code;
  }

  Input input_;
  z_stream stream_{};
  bool ready_ = false;
  bool between_members_ = false;
};

class ZstdStream final : public ByteStream {
 public:
  explicit ZstdStream(Input input) : input_(std::move(input)) {}
  [[nodiscard]] bool ready() const { return context_ != nullptr; }

  [[nodiscard]] Result<std::size_t> read(char* buffer, std::size_t size) override {
    while (true) {
      auto status = input_.refill();
      if (!status) return hand_on(status);
      const bool at_end = input_.left().empty();
      if (at_end && between_frames_) return 0;
      ZSTD_inBuffer in{input_.left().data(), input_.left().size(), 0};
      ZSTD_outBuffer out{buffer, size, 0};
      const std::size_t left = ::ZSTD_decompressStream(context_.get(), &out, &in);
      input_.keep_last(in.size - in.pos);
      if (::ZSTD_isError(left) != 0) return input_.fail_damaged(::ZSTD_getErrorName(left));
      between_frames_ = left == 0;
      if (out.pos > 0) return out.pos;
      if (at_end && !between_frames_) return input_.fail_truncated();
    }
  }

 private:
  struct Free {
    void operator()(ZSTD_DCtx* context) const { ::ZSTD_freeDCtx(context); }
  };
  Input input_;
  std::unique_ptr<ZSTD_DCtx, Free> context_{::ZSTD_createDCtx()};
  bool between_frames_ = false;
};

template <class Stream>
Result<std::unique_ptr<ByteStream>> make_stream(std::unique_ptr<ByteStream> source, const char* format,
                                                const std::string& name) {
  auto stream = std::make_unique<Stream>(Input(std::move(source), format, name));
  if (!stream->ready()) return fail(ErrorKind::kInternal, "{}: no memory to unpack {}; free some", name, format);
  return stream;
}

}  // namespace

Compression compression_of(std::string_view first_bytes) {
  if (first_bytes.substr(0, 2) == "\x1F\x8B") return Compression::kGzip;
  if (first_bytes.substr(0, 4) == "\x28\xB5\x2F\xFD") return Compression::kZstd;
  return Compression::kNone;
}

Result<std::unique_ptr<ByteStream>> unpack(std::unique_ptr<ByteStream> source, Compression compression,
                                           std::string name) {
  return compression == Compression::kGzip ? make_stream<GzipStream>(std::move(source), "gzip", name)
                                           : make_stream<ZstdStream>(std::move(source), "zstd", name);
}

}  // namespace matcher
