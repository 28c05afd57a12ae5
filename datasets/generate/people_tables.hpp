// The tables of a persons data set in memory, made chunk by chunk on several threads.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "datasets/generate/column_builder.hpp"
#include "datasets/generate/error_model.hpp"
#include "datasets/generate/name_tables.hpp"
#include "datasets/generate/profile.hpp"

namespace assay::datasets {

inline constexpr std::uint64_t kChunkRows = 1 << 16;

// Rows of a left or right table, and the truth rows that belong to the right ones.
struct PeopleChunk {
  ValueBuilder<std::int64_t> id;
  TextBuilder uuid;
  TextBuilder first_name;
  TextBuilder middle_name;
  TextBuilder last_name;
  ValueBuilder<std::int32_t> birthdate;
  TextBuilder hh_id;

  ValueBuilder<std::int64_t> truth_left_id;
  ValueBuilder<std::int64_t> truth_right_id;
  ValueBuilder<std::uint32_t> truth_error_kinds;
  DamageCounts damage;
};

struct PeopleSpec {
  std::uint64_t rows = 0;
  std::uint64_t seed = 0;
  Profile profile = Profile::kDirty;
};

// Called after each chunk with its number of rows, from any thread, concurrently; false: stop.
using ChunkDone = std::function<bool(std::uint64_t rows)>;

// Chunks in row order; the same for every number of threads. Fewer chunks than rows need if `done` said stop.
[[nodiscard]] std::vector<PeopleChunk> make_left(const PeopleSpec& spec, const NameTables& names, unsigned threads,
                                                 const ChunkDone& done);
[[nodiscard]] std::vector<PeopleChunk> make_right(const PeopleSpec& spec, const NameTables& names, unsigned threads,
                                                  const ChunkDone& done);

[[nodiscard]] std::vector<ColumnSource> people_columns(const std::vector<PeopleChunk>& chunks);
[[nodiscard]] std::vector<ColumnSource> truth_columns(const std::vector<PeopleChunk>& chunks);
[[nodiscard]] std::uint64_t row_count(const std::vector<ColumnSource>& columns);

}  // namespace assay::datasets
