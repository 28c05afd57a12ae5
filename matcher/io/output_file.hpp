// Writes an output file so that it appears whole or not at all.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "matcher/io/publication.hpp"
#include "matcher/model/error.hpp"

namespace matcher {

// Sink for the bytes of one output; false once a write has failed, so that a producer may stop early.
using ByteSink = std::function<bool(std::string_view bytes)>;

// Calls produce(sink) and makes what it wrote the content of the file, with the guarantees of PendingFile: the old file
// or the whole new one; devices and pipes written directly; "-" is standard output. publication: the file appears with
// it; null: at once. Errors: as for PendingFile.
[[nodiscard]] Status write_output(const std::filesystem::path& path,
                                  const std::function<void(const ByteSink&)>& produce,
                                  Publication* publication = nullptr);

}  // namespace matcher
