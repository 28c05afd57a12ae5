// Maps a plain UTF-8 file, makes the text of any other in memory.
#include "matcher/io/text_input.hpp"

#include <memory>

#include "matcher/io/decompress.hpp"

namespace matcher {
namespace {

constexpr std::size_t kReadBytes = 1 << 20;  // few calls; the string doubles as it grows

Status read_to_end(ByteStream& stream, std::string& out, const RunWatch& watch) {
  std::size_t size = 0;
  while (true) {
    if (size == out.size()) {
      out.resize(size + kReadBytes);
      if (watch.is_cancelled && watch.is_cancelled()) return fail(ErrorKind::kCancelled, "cancelled");
      if (watch.on_progress) watch.on_progress({"unpack", size, 0, "bytes"});
    }
    auto count = stream.read(out.data() + size, out.size() - size);
    if (!count) return hand_on(count);
    size += *count;
    if (*count > 0) continue;
    out.resize(size);
    return {};
  }
}

}  // namespace

Result<TextInput> open_text(const std::filesystem::path& path, TextEncoding encoding, const RunWatch& watch) {
  auto bytes = FileBytes::open(path, watch.is_cancelled);
  if (!bytes) return hand_on(bytes);
  TextInput input(std::move(*bytes));
  const std::string_view content = input.bytes_.text();
  if (encoding == TextEncoding::kUtf8 && compression_of(content) == Compression::kNone) {
    auto mark = byte_order_mark(content, encoding, path.string());
    if (!mark) return hand_on(mark);
    input.skipped_ = *mark;
    return input;
  }
  auto text = as_text(std::make_unique<MemoryStream>(content), encoding, path.string());
  if (!text) return hand_on(text);
  auto status = read_to_end(**text, input.made_, watch);
  if (!status) return hand_on(status);
  input.mapped_ = false;
  return input;
}

}  // namespace matcher
