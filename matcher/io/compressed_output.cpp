// gzip by zlib and Zstandard by libzstd, into a pending file.
#include "matcher/io/compressed_output.hpp"

#include <zlib.h>
#include <zstd.h>

#include <string>
#include <utility>

namespace matcher {
namespace {

constexpr std::size_t kBlockBytes = 65536;
constexpr int kGzipLevel = 1;         // results are written once at the engine's pace; level 6 is four times as slow
constexpr int kGzipWindow = 15 + 16;  // zlib's own number for the largest window with a gzip header
constexpr int kGzipMemory = 8;        // zlib's default

class GzipCompressor final : public Compressor {
 public:
  GzipCompressor() {
    ready_ = ::deflateInit2(&stream_, kGzipLevel, Z_DEFLATED, kGzipWindow, kGzipMemory, Z_DEFAULT_STRATEGY) == Z_OK;
  }
  ~GzipCompressor() override {
    if (ready_) ::deflateEnd(&stream_);
  }
  [[nodiscard]] bool ready() const { return ready_; }

  // zlib counts in 32 bits.
  [[nodiscard]] Status write(PendingFile& file, std::string_view bytes, bool last) override {
    do {
      const std::string_view piece = bytes.substr(0, kBlockBytes);
      bytes.remove_prefix(piece.size());
      auto status = write_piece(file, piece, last && bytes.empty());
      if (!status) return status;
    } while (!bytes.empty());
    return {};
  }

 private:
  [[nodiscard]] Status write_piece(PendingFile& file, std::string_view piece, bool last) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
    stream_.avail_in = static_cast<uInt>(piece.size());
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(out_.data());
      stream_.avail_out = static_cast<uInt>(out_.size());
      if (::deflate(&stream_, last ? Z_FINISH : Z_NO_FLUSH) == Z_STREAM_ERROR) {
        return fail(ErrorKind::kInternal, "{}: gzip failed: its state is inconsistent; report this", file.name());
      }
      auto status = file.write({out_.data(), out_.size() - stream_.avail_out});
      if (!status) return status;
    } while (stream_.avail_out == 0);
    return {};
  }

  z_stream stream_{};
  bool ready_ = false;
  std::string out_ = std::string(kBlockBytes, '\0');
};

class ZstdCompressor final : public Compressor {
 public:
  [[nodiscard]] bool ready() const { return context_ != nullptr; }

  [[nodiscard]] Status write(PendingFile& file, std::string_view bytes, bool last) override {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    while (true) {
      ZSTD_outBuffer out{out_.data(), out_.size(), 0};
      const std::size_t left = ::ZSTD_compressStream2(context_.get(), &out, &in, last ? ZSTD_e_end : ZSTD_e_continue);
      if (::ZSTD_isError(left) != 0) {
        return fail(ErrorKind::kInternal, "{}: zstd failed: {}; report this", file.name(), ::ZSTD_getErrorName(left));
      }
      auto status = file.write({out_.data(), out.pos});
      if (!status) return status;
      if (last ? left == 0 : in.pos == in.size) return {};
    }
  }

 private:
  struct Free {
    void operator()(ZSTD_CCtx* context) const { ::ZSTD_freeCCtx(context); }
  };
  std::unique_ptr<ZSTD_CCtx, Free> context_{::ZSTD_createCCtx()};  // at the library's default level, 3
  std::string out_ = std::string(kBlockBytes, '\0');
};

template <class T>
Result<std::unique_ptr<Compressor>> make_compressor(const std::string& name) {
  auto compressor = std::make_unique<T>();
  if (!compressor->ready()) return fail(ErrorKind::kInternal, "{}: no memory to compress; free some", name);
  return compressor;
}

}  // namespace

Result<CompressedOutput> CompressedOutput::open(const std::filesystem::path& path, const CancelCallback& is_cancelled) {
  auto file = PendingFile::open(path, is_cancelled);
  if (!file) return hand_on(file);
  CompressedOutput output(std::move(*file));
  const auto ending = path.extension();
  if (ending != ".gz" && ending != ".zst") return output;
  auto compressor = ending == ".gz" ? make_compressor<GzipCompressor>(output.file_.name())
                                    : make_compressor<ZstdCompressor>(output.file_.name());
  if (!compressor) return hand_on(compressor);
  output.compressor_ = std::move(*compressor);
  return output;
}

Status CompressedOutput::write(std::string_view bytes) {
  return compressor_ ? compressor_->write(file_, bytes, false) : file_.write(bytes);
}

Status CompressedOutput::end() {
  return compressor_ ? compressor_->write(file_, {}, true) : Status{};
}

Status CompressedOutput::commit() {
  auto status = end();
  return status ? file_.commit() : status;
}

Result<PendingFile> CompressedOutput::release() {
  if (auto status = end(); !status) return hand_on(status);
  return std::move(file_);
}

}  // namespace matcher
