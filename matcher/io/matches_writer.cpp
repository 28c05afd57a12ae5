// Writes accepted pairs as CSV, in blocks.
#include "matcher/io/matches_writer.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <iterator>

#include "matcher/io/output_file.hpp"

namespace matcher {
namespace {

constexpr std::size_t kBlockBytes = 65536;  // few system calls, and small enough to stay in cache

}  // namespace

Status write_matches_csv(const std::filesystem::path& path, std::span<const Match> matches, const PersonsView& left,
                         const PersonsView& right) {
  return write_output(path, [&](const ByteSink& sink) {
    fmt::memory_buffer block;
    fmt::format_to(std::back_inserter(block), "left_id,right_id,score,case\n");
    for (const Match& match : matches) {
      fmt::format_to(std::back_inserter(block), FMT_COMPILE("{},{},{:.6f},{}\n"), left.id[match.left_row],
                     right.id[match.right_row], match.score, short_label(match.rule));
      if (block.size() < kBlockBytes) continue;
      if (!sink({block.data(), block.size()})) return;
      block.clear();
    }
    sink({block.data(), block.size()});
  });
}

}  // namespace matcher
