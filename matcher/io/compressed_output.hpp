// An output file that is compressed if its name asks for it.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "matcher/io/pending_file.hpp"
#include "matcher/model/error.hpp"

namespace matcher {

// Makes compressed bytes of bytes; what it makes goes into the file handed over.
class Compressor {
 public:
  Compressor() = default;
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;
  virtual ~Compressor() = default;
  [[nodiscard]] virtual Status write(PendingFile& file, std::string_view bytes, bool last) = 0;
};

// PendingFile whose content is gzip if the name ends in ".gz", Zstandard if in ".zst", else as written. The same bytes
// give the same file: no time and no name is stored. Call order: open write* (commit | release)?; nothing after a
// failed call.
class CompressedOutput {
 public:
  // Errors, of all: as for PendingFile.
  [[nodiscard]] static Result<CompressedOutput> open(const std::filesystem::path& path,
                                                     const CancelCallback& is_cancelled = {});
  // Best called with tens of KiB at a time.
  [[nodiscard]] Status write(std::string_view bytes);
  [[nodiscard]] Status commit();
  // In place of commit: ends the content and hands the file on.
  [[nodiscard]] Result<PendingFile> release();

 private:
  [[nodiscard]] Status end();
  explicit CompressedOutput(PendingFile file) : file_(std::move(file)) {}

  PendingFile file_;
  std::unique_ptr<Compressor> compressor_;  // null: as written
};

}  // namespace matcher
