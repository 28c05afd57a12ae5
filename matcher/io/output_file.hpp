// Writes an output file so that it appears whole or not at all.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "matcher/model/error.hpp"

namespace matcher {

// Sink for the bytes of one output; false once a write has failed, so that a producer may stop early.
using ByteSink = std::function<bool(std::string_view bytes)>;

// Calls produce(sink) and makes what it wrote the content of the file. A regular or new file is written under a
// temporary name in the same folder, flushed and renamed: a reader sees the old file or the new one, and a failure
// leaves the old one and no temporary. A device or pipe is written directly; "-" is standard output. A symbolic link is
// followed. Errors: kInternal if the system refuses (folder missing, no permission, disk full).
[[nodiscard]] Status write_output(const std::filesystem::path& path,
                                  const std::function<void(const ByteSink&)>& produce);

}  // namespace matcher
