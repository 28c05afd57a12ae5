// The text of an input file as UTF-8, as a whole.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "matcher/io/file_bytes.hpp"
#include "matcher/io/text_stream.hpp"
#include "matcher/model/error.hpp"
#include "matcher/parallel/stage_watch.hpp"

namespace matcher {

// Move-only; the text lives as long as the object.
class TextInput {
 public:
  [[nodiscard]] std::string_view text() const { return mapped_ ? bytes_.text().substr(skipped_) : made_; }

 private:
  friend Result<TextInput> open_text(const std::filesystem::path& path, TextEncoding encoding, const RunWatch& watch);
  explicit TextInput(FileBytes bytes) : bytes_(std::move(bytes)) {}

  FileBytes bytes_;
  bool mapped_ = true;       // the text is in bytes_, not in made_
  std::size_t skipped_ = 0;  // the byte order mark
  std::string made_;         // unpacked or transcoded
};

// The same text, and the same errors, as TextStream gives. A plain UTF-8 file is mapped, not copied; unpacking shows
// progress. Errors: kCancelled, too.
[[nodiscard]] Result<TextInput> open_text(const std::filesystem::path& path, TextEncoding encoding,
                                          const RunWatch& watch = {});

}  // namespace matcher
