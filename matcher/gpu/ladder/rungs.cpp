#include "matcher/gpu/ladder/rungs.hpp"

#include <utility>

#include "matcher/gpu/kernels/threshold.hpp"
#include "matcher/gpu/ladder/answers.hpp"
#include "matcher/gpu/layout/tasks.hpp"

namespace matcher::gpu {
namespace {

constexpr const char* kAllMetrics = "Levenshtein, Jaro, Jaro-Winkler";

// The block kernels see the square alone; their results lie as far apart as the whole table's.
BlockInput block_of(const LadderTables& tables, const Square& square) {
  BlockInput input = tables.block();
  input.left.rows.rows = square.left;
  input.right.tiles = (square.right + kTileRecords - 1) / kTileRecords;
  input.right.records = square.right;
  return input;
}

template <class Source>
Source first_of(Source source, std::uint64_t pairs) {
  source.pairs = static_cast<std::uint32_t>(pairs);
  return source;
}

Rung listed_rung(LadderTables& tables, std::string name, const char* metrics) {
  Rung rung;
  rung.name = std::move(name);
  rung.metrics = metrics;
  rung.pairs = tables.listed();
  rung.takes = [&tables](std::uint64_t pairs) { return pairs <= tables.listed(); };
  rung.forget = [&tables](cudaStream_t stream) { return tables.scores.fill(kForgotten, stream); };
  rung.is_right = [&tables](cudaStream_t stream, std::uint64_t pairs) {
    return listed_scores_are_right(tables, pairs, stream);
  };
  return rung;
}

template <class Source>
Rung pair_rung(LadderTables& tables, std::string name, PairKernel kernel, const Source& source) {
  Rung rung = listed_rung(tables, std::move(name), kAllMetrics);
  rung.run = [&tables, kernel, source](cudaStream_t stream, std::uint64_t pairs) {
    return enqueue_pairs(kernel, first_of(source, pairs), PackedScores{tables.scores.data()}, stream);
  };
  return rung;
}

Rung four_kernels(LadderTables& tables) {
  Rung rung = listed_rung(tables, "four_kernels", kAllMetrics);
  rung.launches = 4;
  rung.run = [&tables](cudaStream_t stream, std::uint64_t pairs) {
    return enqueue_four(first_of(tables.audited(), pairs), tables.percents.data(), stream);
  };
  rung.forget = [&tables](cudaStream_t stream) { return tables.percents.fill(kForgotten, stream); };
  rung.is_right = [&tables](cudaStream_t stream, std::uint64_t pairs) {
    return percents_are_right(tables, pairs, stream);
  };
  return rung;
}

Rung warp_per_pair(LadderTables& tables) {
  Rung rung = listed_rung(tables, "warp_per_pair", "Levenshtein");
  rung.run = [&tables](cudaStream_t stream, std::uint64_t pairs) {
    return enqueue_warp_per_pair(first_of(tables.row_pairs(), pairs), tables.diagonals.data(), tables.scores.data(),
                                 stream);
  };
  rung.is_right = [&tables](cudaStream_t stream, std::uint64_t pairs) {
    return distances_are_right(tables, pairs, stream);
  };
  return rung;
}

Rung block_rung(LadderTables& tables, std::string name) {
  Rung rung = listed_rung(tables, std::move(name), kAllMetrics);
  rung.pairs = tables.sample().parts().size();
  rung.takes = [&tables](std::uint64_t pairs) { return square_of(tables.sample(), pairs).has_value(); };
  return rung;
}

Rung block(LadderTables& tables) {
  Rung rung = block_rung(tables, "block");
  rung.run = [&tables](cudaStream_t stream, std::uint64_t pairs) {
    return enqueue_block_scores(block_of(tables, *square_of(tables.sample(), pairs)),
                                {tables.scores.data(), tables.sample().right().size()}, stream);
  };
  rung.is_right = [&tables](cudaStream_t stream, std::uint64_t pairs) {
    return square_scores_are_right(tables, *square_of(tables.sample(), pairs), stream);
  };
  return rung;
}

// filtered: with the presence filter in front of the scores.
Rung matching(LadderTables& tables, std::string name, bool filtered) {
  Rung rung = block_rung(tables, std::move(name));
  rung.run = [&tables, filtered](cudaStream_t stream, std::uint64_t pairs) {
    if (DeviceStatus cleared = tables.counts.fill(0, stream); !cleared) return cleared;
    const BlockInput input = block_of(tables, *square_of(tables.sample(), pairs));
    std::uint32_t* const counts = tables.counts.data();
    const MatchList matches{threshold_of(kLadderThreshold), tables.matches.data(), counts,
                            static_cast<std::uint32_t>(tables.matches.size())};
    return filtered ? enqueue_pruned_matches(input, matches, counts + 1, stream)
                    : enqueue_block_matches(input, matches, stream);
  };
  rung.forget = [&tables](cudaStream_t stream) { return tables.matches.fill(kForgotten, stream); };
  rung.is_right = [&tables](cudaStream_t stream, std::uint64_t pairs) {
    return matches_are_right(tables, *square_of(tables.sample(), pairs), stream);
  };
  return rung;
}

std::vector<Rung> make_rungs(LadderTables& tables) {
  const AuditedPairs audited = tables.audited();
  const RowPairs<32> rows = tables.row_pairs();
  return {four_kernels(tables),
          pair_rung(tables, "fused", PairKernel::kFused, audited),
          pair_rung(tables, "fused, rows", PairKernel::kFused, rows),
          pair_rung(tables, "fused_shared_row, rows", PairKernel::kFusedSharedRow, rows),
          warp_per_pair(tables),
          pair_rung(tables, "bitparallel64, table, rows", PairKernel::kBitParallel64Table, rows),
          pair_rung(tables, "bitparallel64, planes, rows", PairKernel::kBitParallel64Planes, rows),
          pair_rung(tables, "bitparallel32, table, rows", PairKernel::kBitParallel32Table, rows),
          pair_rung(tables, "bitparallel32, planes, rows", PairKernel::kBitParallel32Planes, rows),
          block(tables),
          matching(tables, "block, matches", false),
          matching(tables, "block_pruned, matches", true)};
}

}  // namespace

DeviceResult<Ladder> Ladder::create(ResourceTracker& tracker, const Sample& sample, cudaStream_t stream) {
  auto tables = LadderTables::upload(tracker, sample, stream);
  if (!tables) return hand_on(tables);
  return Ladder(std::move(*tables));
}

Ladder::Ladder(std::unique_ptr<LadderTables> tables) : tables_(std::move(tables)), rungs_(make_rungs(*tables_)) {}
Ladder::Ladder(Ladder&&) noexcept = default;
Ladder& Ladder::operator=(Ladder&&) noexcept = default;
Ladder::~Ladder() = default;

}  // namespace matcher::gpu
