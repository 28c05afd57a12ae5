// The cascade over tables that do not fit the memory: level by level through files.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "matcher/cascade/cascade.hpp"
#include "matcher/io/result_layouts.hpp"
#include "matcher/io/table_sink.hpp"
#include "matcher/model/error.hpp"
#include "matcher/partitioned/partitioned_input.hpp"

namespace matcher {

struct PartitionedLevel {
  CascadeLevel level{};     // without its matches
  std::uint64_t pairs = 0;  // how many there are
  std::function<Status(TableSink&)> write{};
};

struct PartitionedCascade {
  TableFacts left{};
  TableFacts right{};
  std::vector<PartitionedLevel> levels{};
};
using UseCascade = std::function<Status(const PartitionedCascade&)>;

// Finds what run_cascade finds, and calls use with it before the temporary files are removed. Every row needs a bit.
// The work folder needs room for the input, for it again twice while a level runs, and for all matches. Errors: those
// of run_cascade and match_partitioned; those of use.
[[nodiscard]] Status cascade_partitioned(const PartitionedInput& left, const PartitionedInput& right,
                                         const CascadeOptions& options, const PartitionedOptions& partitioned,
                                         MatchLayout layout, const UseCascade& use);

}  // namespace matcher
