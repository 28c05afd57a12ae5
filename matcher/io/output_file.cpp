// Writes an output file in one go.
#include "matcher/io/output_file.hpp"

#include "matcher/io/pending_file.hpp"

namespace matcher {

Status write_output(const std::filesystem::path& path, const std::function<void(const ByteSink&)>& produce) {
  auto file = PendingFile::open(path);
  if (!file) return hand_on(file);
  Status written;
  produce([&](std::string_view bytes) {
    if (written) written = file->write(bytes);
    return written.has_value();
  });
  if (!written) return written;
  return file->commit();
}

}  // namespace matcher
