// Writes an output file in one go.
#include "matcher/io/output_file.hpp"

#include <utility>

#include "matcher/io/pending_file.hpp"

namespace matcher {

Status write_output(const std::filesystem::path& path, const std::function<void(const ByteSink&)>& produce,
                    Publication* publication) {
  auto file = PendingFile::open(path, publication == nullptr ? CancelCallback{} : publication->is_cancelled());
  if (!file) return hand_on(file);
  Status written;
  produce([&](std::string_view bytes) {
    if (written) written = file->write(bytes);
    return written.has_value();
  });
  if (!written) return written;
  return publication == nullptr ? file->commit() : publication->add(std::move(*file));
}

}  // namespace matcher
