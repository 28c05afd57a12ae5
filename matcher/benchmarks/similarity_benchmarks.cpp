// Times per pair of the scorers: all parts, Levenshtein alone, and the percents on top.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>

#include "matcher/benchmarks/benchmarks.hpp"
#include "matcher/similarity/bit_parallel.hpp"
#include "matcher/similarity/scalar.hpp"
#include "matcher/similarity/score.hpp"

namespace matcher {
namespace {

// Enough for typing errors in one part of a name.
constexpr std::uint32_t kPartCutoff = 2;

template <typename Score>
void register_pairs(const std::string& name, const std::vector<NamePair>& pairs, Score score) {
  benchmark::RegisterBenchmark(name.c_str(), [&pairs, score](benchmark::State& state) {
    for (auto _ : state) {
      for (const NamePair& pair : pairs) benchmark::DoNotOptimize(score(pair));
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(pairs.size()));
  });
}

double percent_sum(const ScoreParts& parts, std::size_t left_length, std::size_t right_length) {
  const auto left = static_cast<std::uint32_t>(left_length);
  const auto right = static_cast<std::uint32_t>(right_length);
  return levenshtein_percent(parts.distance, left > right ? left : right) + jaro_winkler_percent(parts, left, right);
}

void register_group(const std::string& group, const std::vector<NamePair>& pairs) {
  register_pairs("score/scalar/" + group, pairs,
                 [](const NamePair& p) { return score_scalar(p.left_scalars, p.right_scalars); });
  register_pairs("score/bit_parallel/" + group, pairs,
                 [](const NamePair& p) { return score_bit_parallel(p.left_scalars, p.right_scalars); });
  register_pairs("levenshtein/scalar/" + group, pairs,
                 [](const NamePair& p) { return levenshtein_distance_scalar(p.left_scalars, p.right_scalars); });
  register_pairs("levenshtein/bit_parallel/" + group, pairs,
                 [](const NamePair& p) { return levenshtein_distance_bit_parallel(p.left_scalars, p.right_scalars); });
}

void register_ascii_group(const std::string& group, const std::vector<NamePair>& pairs) {
  register_pairs("score/scalar_ascii/" + group, pairs,
                 [](const NamePair& p) { return score_scalar_ascii(p.left, p.right); });
  register_pairs("score/bit_parallel_ascii/" + group, pairs,
                 [](const NamePair& p) { return score_bit_parallel_ascii(p.left, p.right); });
  register_pairs("levenshtein/bit_parallel_ascii/" + group, pairs,
                 [](const NamePair& p) { return levenshtein_distance_bit_parallel_ascii(p.left, p.right); });
  register_pairs("levenshtein/bit_parallel_ascii_cutoff/" + group, pairs, [](const NamePair& p) {
    return levenshtein_distance_bit_parallel_ascii(p.left, p.right, kPartCutoff);
  });
  register_pairs("percents/scalar_ascii/" + group, pairs, [](const NamePair& p) {
    return percent_sum(score_scalar_ascii(p.left, p.right), p.left.size(), p.right.size());
  });
  register_pairs("percents/bit_parallel_ascii/" + group, pairs, [](const NamePair& p) {
    return percent_sum(score_bit_parallel_ascii(p.left, p.right), p.left.size(), p.right.size());
  });
}

}  // namespace

void register_similarity_benchmarks(const NameSample& sample) {
  register_group("unrelated", sample.unrelated);
  register_group("misspelt", sample.misspelt);
  register_group("accented", sample.accented);
  register_ascii_group("unrelated", sample.unrelated);
  register_ascii_group("misspelt", sample.misspelt);
}

}  // namespace matcher
