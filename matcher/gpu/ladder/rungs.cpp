#include "matcher/gpu/ladder/rungs.hpp"

#include <algorithm>
#include <utility>

#include "matcher/gpu/kernels/threshold.hpp"
#include "matcher/gpu/ladder/tables.hpp"

namespace matcher::gpu {
namespace {

constexpr int kNoScore = 0xff;  // as a byte of any result
constexpr const char* kAllMetrics = "Levenshtein, Jaro, Jaro-Winkler";

PairLengths lengths_of(const Sample& sample, std::size_t left, std::size_t right) {
  const TextLength a = length_of(sample.left()[left]);
  const TextLength b = length_of(sample.right()[right]);
  return {a.symbols, b.symbols, std::max<std::uint32_t>(a.bytes, b.bytes)};
}

// The first `count` scores of the sample are those that the device wrote.
DeviceResult<bool> scores_are_right(const LadderTables& tables, std::size_t count, cudaStream_t stream) {
  auto scores = tables.scores.read(stream, count);
  if (!scores) return hand_on(scores);
  return std::equal(scores->begin(), scores->end(), tables.sample().parts().begin());
}

// As audited, in single precision: the bits that score.hpp gives in single precision.
DeviceResult<bool> percents_are_right(const LadderTables& tables, cudaStream_t stream) {
  auto percents = tables.percents.read(stream, std::size_t{4} * tables.listed());
  if (!percents) return hand_on(percents);
  const Sample& sample = tables.sample();
  const float* const largest = percents->data() + std::size_t{3} * tables.listed();
  for (std::size_t i = 0; i < tables.listed(); ++i) {
    const PairLengths lengths = lengths_of(sample, i / sample.right().size(), i % sample.right().size());
    if (largest[i] !=
        largest_percent<float>(unpack_parts(sample.parts()[i]), lengths.left, lengths.right, lengths.longest_bytes)) {
      return false;
    }
  }
  return true;
}

DeviceResult<bool> distances_are_right(const LadderTables& tables, cudaStream_t stream) {
  auto distances = tables.scores.read(stream, tables.listed());
  if (!distances) return hand_on(distances);
  return std::equal(distances->begin(), distances->end(), tables.sample().parts().begin(),
                    [](std::uint32_t distance, PackedParts parts) { return distance == unpack_parts(parts).distance; });
}

// Every pair that reaches the threshold is there once, with its scores, and nothing else is but pairs with their
// scores.
DeviceResult<bool> matches_are_right(const LadderTables& tables, cudaStream_t stream) {
  auto counts = tables.counts.read(stream, 2);
  if (!counts) return hand_on(counts);
  if (counts->front() > tables.matches.size()) return false;
  auto matches = tables.matches.read(stream, counts->front());
  if (!matches) return hand_on(matches);
  const Sample& sample = tables.sample();
  std::vector<bool> found(sample.parts().size());
  for (const Match& match : *matches) {
    const std::size_t pair = match.left * sample.right().size() + match.right;
    if (pair >= found.size() || found[pair] || match.parts != sample.parts()[pair]) return false;
    found[pair] = true;
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    const PairLengths lengths = lengths_of(sample, i / sample.right().size(), i % sample.right().size());
    if (!found[i] && accepts(kLadderThreshold, unpack_parts(sample.parts()[i]), lengths)) return false;
  }
  return true;
}

Rung listed_rung(LadderTables& tables, std::string name, const char* metrics) {
  Rung rung;
  rung.name = std::move(name);
  rung.metrics = metrics;
  rung.pairs = tables.listed();
  rung.forget = [&tables](cudaStream_t stream) { return tables.scores.fill(kNoScore, stream); };
  rung.is_right = [&tables](cudaStream_t stream) { return scores_are_right(tables, tables.listed(), stream); };
  return rung;
}

template <class Source>
Rung pair_rung(LadderTables& tables, std::string name, PairKernel kernel, const Source& source) {
  Rung rung = listed_rung(tables, std::move(name), kAllMetrics);
  rung.run = [&tables, kernel, source](cudaStream_t stream) {
    return enqueue_pairs(kernel, source, PackedScores{tables.scores.data()}, stream);
  };
  return rung;
}

Rung four_kernels(LadderTables& tables) {
  Rung rung = listed_rung(tables, "four_kernels", kAllMetrics);
  rung.launches = 4;
  rung.run = [&tables](cudaStream_t stream) { return enqueue_four(tables.audited(), tables.percents.data(), stream); };
  rung.forget = [&tables](cudaStream_t stream) { return tables.percents.fill(kNoScore, stream); };
  rung.is_right = [&tables](cudaStream_t stream) { return percents_are_right(tables, stream); };
  return rung;
}

Rung warp_per_pair(LadderTables& tables) {
  Rung rung = listed_rung(tables, "warp_per_pair", "Levenshtein");
  rung.run = [&tables](cudaStream_t stream) {
    return enqueue_warp_per_pair(tables.row_pairs(), tables.diagonals.data(), tables.scores.data(), stream);
  };
  rung.is_right = [&tables](cudaStream_t stream) { return distances_are_right(tables, stream); };
  return rung;
}

Rung block_rung(LadderTables& tables, std::string name) {
  Rung rung = listed_rung(tables, std::move(name), kAllMetrics);
  rung.pairs = tables.sample().parts().size();
  return rung;
}

Rung block(LadderTables& tables) {
  Rung rung = block_rung(tables, "block");
  rung.run = [&tables](cudaStream_t stream) {
    return enqueue_block_scores(tables.block(), {tables.scores.data(), tables.sample().right().size()}, stream);
  };
  rung.is_right = [&tables](cudaStream_t stream) {
    return scores_are_right(tables, tables.sample().parts().size(), stream);
  };
  return rung;
}

// filtered: with the presence filter in front of the scores.
Rung matching(LadderTables& tables, std::string name, bool filtered) {
  Rung rung = block_rung(tables, std::move(name));
  rung.run = [&tables, filtered](cudaStream_t stream) {
    if (DeviceStatus cleared = tables.counts.fill(0, stream); !cleared) return cleared;
    std::uint32_t* const counts = tables.counts.data();
    const MatchList matches{threshold_of(kLadderThreshold), tables.matches.data(), counts,
                            static_cast<std::uint32_t>(tables.matches.size())};
    return filtered ? enqueue_pruned_matches(tables.block(), matches, counts + 1, stream)
                    : enqueue_block_matches(tables.block(), matches, stream);
  };
  rung.forget = [&tables](cudaStream_t stream) { return tables.matches.fill(kNoScore, stream); };
  rung.is_right = [&tables](cudaStream_t stream) { return matches_are_right(tables, stream); };
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
