// What proving two results equal costs: digest, full comparison and transfer of results shaped like persons.match.
#include <benchmark/benchmark.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <random>
#include <vector>

#include "harness/equivalence/compare.hpp"
#include "harness/equivalence/digest.hpp"
#include "harness/equivalence/result_table.hpp"

namespace assay::equivalence {
namespace {

constexpr std::size_t kIds = 2;
constexpr std::size_t kFigures = 6;

ResultContract match_contract() {
  ResultContract contract;
  for (const char* name : {"left_id", "right_id"}) contract.columns.push_back({name, ASSAY_TYPE_INT64});
  for (const char* name : {"rule", "distance", "matches", "half_transpositions", "prefix", "phonetic_equal"}) {
    contract.columns.push_back({name, ASSAY_TYPE_UINT32});
  }
  contract.key = {"left_id", "right_id"};
  return contract;
}

// Pairs in key order, about two to a left row, then rows moved as `order` says.
struct Matches {
  std::array<std::vector<std::int64_t>, kIds> ids;
  std::array<std::vector<std::uint32_t>, kFigures> figures;

  [[nodiscard]] TableView view() const {
    TableView table{ids[0].size(), {}};
    for (const auto& column : ids) table.columns.push_back({ASSAY_TYPE_INT64, nullptr, nullptr, column.data()});
    for (const auto& column : figures) table.columns.push_back({ASSAY_TYPE_UINT32, nullptr, nullptr, column.data()});
    return table;
  }
};

Matches sorted_matches(std::size_t rows) {
  std::mt19937_64 engine(7);
  Matches matches;
  std::int64_t left = 1;
  std::int64_t right = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    if (engine() % 2 == 0) {
      left += 1 + static_cast<std::int64_t>(engine() % 3);
      right = 0;
    }
    right += 1 + static_cast<std::int64_t>(engine() % 1000);
    matches.ids[0].push_back(left);
    matches.ids[1].push_back(right);
    for (auto& figures : matches.figures) figures.push_back(static_cast<std::uint32_t>(engine() % 20));
  }
  return matches;
}

Matches moved(const Matches& matches, const std::vector<std::uint32_t>& order) {
  Matches result = matches;
  for (std::size_t row = 0; row < order.size(); ++row) {
    for (std::size_t i = 0; i < kIds; ++i) result.ids[i][row] = matches.ids[i][order[row]];
    for (std::size_t i = 0; i < kFigures; ++i) result.figures[i][row] = matches.figures[i][order[row]];
  }
  return result;
}

// As threads deliver that each sort their own share: blocks of 4096 rows in any order.
Matches in_blocks(const Matches& matches) {
  constexpr std::size_t kBlock = 4096;
  std::vector<std::uint32_t> blocks(matches.ids[0].size() / kBlock + 1);
  std::iota(blocks.begin(), blocks.end(), 0U);
  std::shuffle(blocks.begin(), blocks.end(), std::mt19937_64(3));
  std::vector<std::uint32_t> order;
  for (const std::uint32_t block : blocks) {
    for (std::size_t row = block * kBlock; row < std::min((block + 1) * kBlock, matches.ids[0].size()); ++row) {
      order.push_back(static_cast<std::uint32_t>(row));
    }
  }
  return moved(matches, order);
}

Matches shuffled(const Matches& matches) {
  std::vector<std::uint32_t> order(matches.ids[0].size());
  std::iota(order.begin(), order.end(), 0U);
  std::shuffle(order.begin(), order.end(), std::mt19937_64(5));
  return moved(matches, order);
}

void compare(benchmark::State& state, const Matches& baseline, const Matches& candidate) {
  const ResultContract contract = match_contract();
  for (auto _ : state) {
    const auto comparison = compare_results(baseline.view(), candidate.view(), contract);
    if (!comparison || !comparison->equal()) state.SkipWithError("results that are equal were called different");
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(baseline.ids[0].size()));
}

void BM_Digest(benchmark::State& state) {
  const Matches matches = sorted_matches(static_cast<std::size_t>(state.range(0)));
  const TableView view = matches.view();
  const ResultContract contract = match_contract();
  for (auto _ : state) benchmark::DoNotOptimize(digest_result(view, contract));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void BM_CompareSorted(benchmark::State& state) {
  const Matches matches = sorted_matches(static_cast<std::size_t>(state.range(0)));
  compare(state, matches, matches);
}

void BM_CompareSortedAgainstBlocks(benchmark::State& state) {
  const Matches matches = sorted_matches(static_cast<std::size_t>(state.range(0)));
  compare(state, matches, in_blocks(matches));
}

void BM_CompareSortedAgainstShuffled(benchmark::State& state) {
  const Matches matches = sorted_matches(static_cast<std::size_t>(state.range(0)));
  compare(state, matches, shuffled(matches));
}

void BM_WriteAndMap(benchmark::State& state) {
  const Matches matches = sorted_matches(static_cast<std::size_t>(state.range(0)));
  const ResultContract contract = match_contract();
  for (auto _ : state) {
    const int file = ::memfd_create("result", MFD_CLOEXEC);
    const auto written = write_result(file, matches.view());
    const auto table = ResultTable::map(file, contract);
    if (!written || !table) state.SkipWithError("a result could not be written and mapped");
    ::close(file);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

constexpr std::int64_t kTenMillion = 10'000'000;
BENCHMARK(BM_Digest)->Arg(kTenMillion)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_CompareSorted)->Arg(kTenMillion)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_CompareSortedAgainstBlocks)->Arg(kTenMillion)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_CompareSortedAgainstShuffled)->Arg(kTenMillion)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_WriteAndMap)->Arg(kTenMillion)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace assay::equivalence
