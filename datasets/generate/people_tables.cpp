#include "datasets/generate/people_tables.hpp"

#include <algorithm>
#include <array>
#include <atomic>

#include "datasets/generate/damage.hpp"
#include "datasets/generate/parallel.hpp"
#include "datasets/generate/people.hpp"

namespace assay::datasets {
namespace {

// RFC 4122 version 4, from four words.
std::array<char, 36> uuid_text(Draws draws) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::array<char, 36> text{};
  std::uint32_t word = 0;
  int nibbles = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at == 8 || at == 13 || at == 18 || at == 23) {
      text[at] = '-';
      continue;
    }
    if (nibbles == 0) {
      word = draws.next();
      nibbles = 8;
    }
    text[at] = kDigits[word & 15];
    word >>= 4;
    --nibbles;
  }
  text[14] = '4';
  text[19] = kDigits[8 + (draws.next() & 3)];
  return text;
}

// "012-345-678": zone, street and house; neighbours in the register are neighbours in the street.
std::array<char, 11> address_text(std::uint64_t number) {
  std::array<char, 11> text{};
  for (std::size_t at = text.size(); at-- > 0;) {
    text[at] = at % 4 == 3 ? '-' : static_cast<char>('0' + number % 10);
    if (at % 4 != 3) number /= 10;
  }
  return text;
}

void append_part(const NamePart& part, TextBuilder* column) {
  if (part.present) {
    column->append(part.text);
  } else {
    column->append_null();
  }
}

void append_row(std::int64_t id, const std::array<char, 36>& uuid, const Person& person, PeopleChunk* chunk) {
  chunk->id.append(id);
  chunk->uuid.append({uuid.data(), uuid.size()});
  append_part(person.first, &chunk->first_name);
  append_part(person.middle, &chunk->middle_name);
  append_part(person.last, &chunk->last_name);
  if (person.birthdate) {
    chunk->birthdate.append(*person.birthdate);
  } else {
    chunk->birthdate.append_null();
  }
  const std::array<char, 11> address = address_text(person.household);
  if (person.has_household) {
    chunk->hh_id.append({address.data(), address.size()});
  } else {
    chunk->hh_id.append_null();
  }
}

// Calls fill(first_row, end_row, chunk) for every chunk until done says stop.
template <class Fill>
std::vector<PeopleChunk> make_chunks(std::uint64_t rows, unsigned threads, const ChunkDone& done, const Fill& fill) {
  std::vector<PeopleChunk> chunks((rows + kChunkRows - 1) / kChunkRows);
  std::atomic<bool> go_on{true};
  for_each_index(chunks.size(), threads, [&](std::uint64_t index) {
    if (!go_on) return;
    const std::uint64_t begin = index * kChunkRows;
    const std::uint64_t end = std::min(begin + kChunkRows, rows);
    PeopleChunk& chunk = chunks[index];
    chunk.uuid.reserve(end - begin, 36);
    chunk.first_name.reserve(end - begin, 7);
    chunk.middle_name.reserve(end - begin, 4);
    chunk.last_name.reserve(end - begin, 8);
    chunk.hh_id.reserve(end - begin, 11);
    fill(begin, end, &chunk);
    if (!done(end - begin)) go_on = false;
  });
  return chunks;
}

}  // namespace

std::vector<PeopleChunk> make_left(const PeopleSpec& spec, const NameTables& names, unsigned threads,
                                   const ChunkDone& done) {
  return make_chunks(spec.rows, threads, done, [&](std::uint64_t begin, std::uint64_t end, PeopleChunk* chunk) {
    People people(names, spec.rows, spec.seed, spec.profile);
    Person person;
    for (std::uint64_t row = begin; row < end; ++row) {
      people.left(row, &person);
      const Draws uuid(spec.seed, Stream::kLeftUuid, people.first_row(row));
      append_row(kFirstLeftId + static_cast<std::int64_t>(row), uuid_text(uuid), person, chunk);
    }
  });
}

std::vector<PeopleChunk> make_right(const PeopleSpec& spec, const NameTables& names, unsigned threads,
                                    const ChunkDone& done) {
  const Permutation order(spec.rows, spec.seed, Stream::kRowOrder);
  return make_chunks(spec.rows, threads, done, [&](std::uint64_t begin, std::uint64_t end, PeopleChunk* chunk) {
    People people(names, spec.rows, spec.seed, spec.profile);
    const Damage damage(names, people, spec.rows, spec.seed, spec.profile);
    Person person;
    for (std::uint64_t row = begin; row < end; ++row) {
      const std::uint64_t slot = order(row);
      const auto partner = people.right(slot, &person);
      const std::uint32_t kinds = damage.apply(slot, &person, partner ? &chunk->damage : nullptr);
      const std::int64_t id = kFirstRightId + static_cast<std::int64_t>(row);
      const Draws uuid(spec.seed, Stream::kRightUuid, people.first_row(slot));
      append_row(id, uuid_text(uuid), person, chunk);
      if (!partner) continue;
      chunk->truth_left_id.append(kFirstLeftId + static_cast<std::int64_t>(*partner));
      chunk->truth_right_id.append(id);
      chunk->truth_error_kinds.append(kinds);
    }
  });
}

std::vector<ColumnSource> people_columns(const std::vector<PeopleChunk>& chunks) {
  std::vector<ColumnSource> columns{{"id", ASSAY_TYPE_INT64, {}},        {"uuid", ASSAY_TYPE_UTF8, {}},
                                    {"first_name", ASSAY_TYPE_UTF8, {}}, {"middle_name", ASSAY_TYPE_UTF8, {}},
                                    {"last_name", ASSAY_TYPE_UTF8, {}},  {"birthdate", ASSAY_TYPE_DATE32, {}},
                                    {"hh_id", ASSAY_TYPE_UTF8, {}}};
  for (const PeopleChunk& chunk : chunks) {
    const std::array<ColumnPiece, 7> pieces{
        chunk.id.piece(),        chunk.uuid.piece(),      chunk.first_name.piece(), chunk.middle_name.piece(),
        chunk.last_name.piece(), chunk.birthdate.piece(), chunk.hh_id.piece()};
    for (std::size_t index = 0; index < pieces.size(); ++index) columns[index].pieces.push_back(pieces[index]);
  }
  return columns;
}

std::vector<ColumnSource> truth_columns(const std::vector<PeopleChunk>& chunks) {
  std::vector<ColumnSource> columns{
      {"left_id", ASSAY_TYPE_INT64, {}}, {"right_id", ASSAY_TYPE_INT64, {}}, {"error_kinds", ASSAY_TYPE_UINT32, {}}};
  for (const PeopleChunk& chunk : chunks) {
    columns[0].pieces.push_back(chunk.truth_left_id.piece());
    columns[1].pieces.push_back(chunk.truth_right_id.piece());
    columns[2].pieces.push_back(chunk.truth_error_kinds.piece());
  }
  return columns;
}

std::uint64_t row_count(const std::vector<ColumnSource>& columns) {
  std::uint64_t rows = 0;
  for (const ColumnPiece& piece : columns.front().pieces) rows += piece.rows;
  return rows;
}

}  // namespace assay::datasets
