// Prepares rows chunk by chunk.
#include "matcher/engine/prepared_table.hpp"

#include <algorithm>
#include <string>

#include "matcher/parallel/fork_join.hpp"
#include "matcher/rules/full_name.hpp"
#include "matcher/text/normalize.hpp"
#include "matcher/text/utf8.hpp"

namespace matcher {
namespace {

constexpr std::uint32_t kUnitsPerRow = 4;  // three names with accents take a few microseconds

// What one lane works with.
class RowPreparer {
 public:
  RowPreparer(PreparedTable& table, const MatchPlan& plan, const MatchOptions& options)
      : table_(table), forms_(plan.forms), options_(options), poller_(options.is_cancelled) {}

  void prepare_chunk(std::size_t chunk) {
    const std::size_t begin = chunk * TextChunks::kRowsPerChunk;
    const std::size_t end = std::min(begin + TextChunks::kRowsPerChunk, table_.view.row_count);
    for (std::size_t row = begin; row < end; ++row) {
      poller_.tick(kUnitsPerRow);
      prepare_row(chunk, row);
    }
  }

 private:
  void prepare_row(std::size_t chunk, std::size_t row) {
    const bool middle_wanted = forms_.middle || forms_.with_middle || forms_.key_sound;
    table_.first.make(row, first_);
    table_.last.make(row, last_);
    if (middle_wanted) table_.middle.make(row, middle_);
    if (forms_.parts) {
      table_.first.append(chunk, first_);
      table_.last.append(chunk, last_);
    }
    if (forms_.middle) table_.middle.append(chunk, middle_);
    if (forms_.key_sound && !(forms_.sound && forms_.with_middle)) {
      join_full_name(first_, middle_, last_, true, name_);
      table_.key_sounds[row] = sound();
    }
    if (!forms_.full_name) return;
    join_full_name(first_, middle_, last_, forms_.with_middle, name_);
    table_.full_name.append(chunk, name_.simple);
    table_.letters[row] = letters_of(name_.simple);
    if (forms_.sound) add_sound(row);
  }

  void add_sound(std::size_t row) {
    const Sound code = sound();
    table_.sounds[row] = code;
    if (!table_.key_sounds.empty() && forms_.with_middle) table_.key_sounds[row] = code;
    if (name_.joined.find('-') == std::string::npos) return;
    name_.joined = name_.simple;
    if (sound() != code) table_.sounds[row] |= kUnsteadySound;
  }

  // Of name_.joined.
  [[nodiscard]] Sound sound() {
    normalize_for_phonetic(name_.joined, name_.phonetic);
    return sound_of(name_.phonetic, options_.conventions.code_length);
  }

  PreparedTable& table_;
  const Forms& forms_;
  const MatchOptions& options_;
  CancelPoller poller_;
  std::string first_;
  std::string middle_;
  std::string last_;
  NameBuffers name_;
};

}  // namespace

std::uint32_t letters_of(std::string_view utf8) {
  std::uint32_t letters = 0;
  const auto bit = [](char32_t scalar) { return std::uint32_t{1} << (scalar % 32); };
  if (is_ascii(utf8)) {
    for (const char byte : utf8) letters |= bit(static_cast<unsigned char>(byte));
    return letters;
  }
  for (std::size_t at = 0; at < utf8.size();) {
    const DecodedScalar decoded = decode_scalar(utf8, at);
    at += decoded.bytes;
    letters |= bit(decoded.scalar);
  }
  return letters;
}

PreparedTable prepare_table(const PersonsView& view, const MatchPlan& plan, const MatchOptions& options,
                            unsigned threads) {
  PreparedTable table;
  table.view = view;
  const auto part = [&](const TextColumn& column) {
    return PartForms(column, options.conventions.normalizer, options.direct_normalization);
  };
  table.first = part(view.first_name);
  table.middle = part(view.middle_name);
  table.last = part(view.last_name);
  const std::size_t rows = view.row_count;
  const Forms& forms = plan.forms;
  if (!forms.any()) return table;
  if (forms.parts) {
    table.first.keep(rows);
    table.last.keep(rows);
  }
  if (forms.middle) table.middle.keep(rows);
  if (forms.full_name) {
    table.full_name = TextChunks(rows);
    table.letters.resize(rows);
  }
  if (forms.sound) table.sounds.resize(rows);
  if (forms.key_sound) table.key_sounds.resize(rows);
  std::vector<RowPreparer> lanes;
  lanes.reserve(threads);
  for (unsigned lane = 0; lane < threads; ++lane) lanes.emplace_back(table, plan, options);
  const std::size_t chunks = (rows + TextChunks::kRowsPerChunk - 1) / TextChunks::kRowsPerChunk;
  fork_join(threads, chunks, [&](unsigned lane, std::size_t chunk) { lanes[lane].prepare_chunk(chunk); });
  return table;
}

}  // namespace matcher
