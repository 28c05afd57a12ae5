#include "harness/equivalence/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>
#include <span>

#include "harness/equivalence/contract.hpp"
#include "harness/equivalence/row_hash.hpp"
#include "harness/equivalence/row_index.hpp"
#include "harness/equivalence/row_key.hpp"
#include "harness/equivalence/value_compare.hpp"

namespace assay::equivalence {
namespace {

using Columns = std::vector<std::size_t>;

// Takes what the matching finds and fills a Comparison.
class Findings {
 public:
  Findings(const TableView& baseline, const TableView& candidate, const ResultContract& contract)
      : baseline_(baseline),
        candidate_(candidate),
        contract_(contract),
        keys_(key_columns(contract)),
        values_(value_columns(contract)) {
    comparison_.baseline_rows = baseline.row_count;
    comparison_.candidate_rows = candidate.row_count;
  }

  [[nodiscard]] const Columns& keys() const { return keys_; }
  // Under an empty key, rows may repeat.
  [[nodiscard]] bool keys_are_unique() const { return !contract_.key.empty(); }

  void missing(std::uint64_t row) { add(comparison_.missing, row, std::nullopt); }
  void extra(std::uint64_t row) { add(comparison_.extra, std::nullopt, row); }
  void out_of_order(std::uint64_t row, std::uint64_t partner) { add(comparison_.out_of_order, partner, row); }
  void baseline_duplicate(std::uint64_t row) {
    if (keys_are_unique()) add(comparison_.baseline_duplicates, row, std::nullopt);
  }
  void candidate_duplicate(std::uint64_t row) {
    if (keys_are_unique()) add(comparison_.candidate_duplicates, std::nullopt, row);
  }
  // Duplicates that were counted elsewhere; `count` holds for all, `rows` are the first.
  void baseline_duplicates(const KeyOrder& order) {
    for (const std::uint64_t row : order.first_duplicates) baseline_duplicate(row);
    if (keys_are_unique()) comparison_.baseline_duplicates.count = order.duplicates;
  }
  void candidate_duplicates(const KeyOrder& order) {
    for (const std::uint64_t row : order.first_duplicates) candidate_duplicate(row);
    if (keys_are_unique()) comparison_.candidate_duplicates.count = order.duplicates;
  }

  void pair(std::uint64_t baseline_row, std::uint64_t candidate_row) {
    pairs_.baseline[pairs_.count] = baseline_row;
    pairs_.candidate[pairs_.count] = candidate_row;
    if (++pairs_.count == kBlockPairs) compare_pairs();
  }

  [[nodiscard]] Comparison finish() {
    compare_pairs();
    return std::move(comparison_);
  }

 private:
  void compare_pairs() {
    std::array<std::uint8_t, kBlockPairs> differs{};
    for (const std::size_t column : values_) {
      mark_differing(baseline_.columns[column], candidate_.columns[column], contract_.columns[column], pairs_, differs);
    }
    for (std::size_t i = 0; i < pairs_.count; ++i) {
      if (differs[i] != 0) add(comparison_.differing, pairs_.baseline[i], pairs_.candidate[i]);
    }
    pairs_.count = 0;
  }

  void add(Finding& finding, std::optional<std::uint64_t> baseline_row, std::optional<std::uint64_t> candidate_row) {
    ++finding.count;
    if (finding.examples.size() == kMostExamples) return;
    RowExample example{baseline_row, candidate_row, {}, {}};
    const TableView& table = baseline_row ? baseline_ : candidate_;
    for (const std::size_t column : keys_) {
      example.key += fmt::format("{}{}={}", example.key.empty() ? "" : ", ", contract_.columns[column].name,
                                 cell_text(table.columns[column], baseline_row ? *baseline_row : *candidate_row));
    }
    for (const std::size_t column : values_) {
      if (baseline_row && candidate_row && same_cell(column, *baseline_row, *candidate_row)) continue;
      CellDifference cell{contract_.columns[column].name, std::nullopt, std::nullopt};
      if (baseline_row) cell.baseline = cell_text(baseline_.columns[column], *baseline_row);
      if (candidate_row) cell.candidate = cell_text(candidate_.columns[column], *candidate_row);
      example.cells.push_back(std::move(cell));
    }
    finding.examples.push_back(std::move(example));
  }

  [[nodiscard]] bool same_cell(std::size_t column, std::uint64_t baseline_row, std::uint64_t candidate_row) const {
    return cells_equal(baseline_.columns[column], baseline_row, candidate_.columns[column], candidate_row,
                       contract_.columns[column]);
  }

  const TableView& baseline_;
  const TableView& candidate_;
  const ResultContract& contract_;
  Columns keys_;
  Columns values_;
  PairBlock pairs_;
  Comparison comparison_;
};

// REQUIRES: both tables in ascending key order.
void merge(const TableView& baseline, const TableView& candidate, Findings& findings) {
  std::uint64_t left = 0;
  std::uint64_t right = 0;
  while (left < baseline.row_count && right < candidate.row_count) {
    const int order = compare_keys(baseline, left, candidate, right, findings.keys());
    if (order < 0) {
      findings.missing(left++);
    } else if (order > 0) {
      findings.extra(right++);
    } else {
      findings.pair(left++, right++);
    }
  }
  while (left < baseline.row_count) findings.missing(left++);
  while (right < candidate.row_count) findings.extra(right++);
}

// Calls work(hash, row) for every row, block by block, after prepare(hash) for each row of the block in turn.
template <class... Prepare, class Work>
void each_hashed(const TableView& table, const Columns& keys, RowHashes& hashes, Work work, Prepare... prepare) {
  for (std::uint64_t first = 0; first < table.row_count; first += kBlockRows) {
    const std::size_t count = std::min<std::uint64_t>(kBlockRows, table.row_count - first);
    hash_rows(table, keys, first, count, false, hashes);
    const auto prepare_all = [&](auto& step) {
      for (std::size_t i = 0; i < count; ++i) step(hashes.low[i]);
    };
    (prepare_all(prepare), ...);
    for (std::size_t i = 0; i < count; ++i) work(hashes.low[i], first + i);
  }
}

// Which of these rows of the candidate, all without a key in the baseline, repeat a key among themselves?
void find_duplicates(const TableView& candidate, const std::vector<std::uint32_t>& rows, Findings& findings) {
  RowIndex index(candidate, findings.keys(), rows.size());
  RowHashes hashes;
  for (const std::uint32_t row : rows) {
    hash_rows(candidate, findings.keys(), row, 1, false, hashes);
    if (index.insert(hashes.low[0], row)) findings.candidate_duplicate(row);
  }
}

void match_by_hash(const TableView& baseline, const TableView& candidate, bool ordered, Findings& findings) {
  const auto hashes = std::make_unique<RowHashes>();
  std::vector<std::uint32_t> unknown;
  {
    RowIndex index(baseline, findings.keys(), baseline.row_count);
    const auto prefetch_slot = [&](std::uint64_t hash) { index.prefetch_slot(hash); };
    const auto prefetch_key = [&](std::uint64_t hash) { index.prefetch_key(hash); };
    const auto insert = [&](std::uint64_t hash, std::uint64_t row) {
      if (index.insert(hash, row)) findings.baseline_duplicate(row);
    };
    std::uint64_t farthest = 0;  // of the partners so far
    const auto take = [&](std::uint64_t hash, std::uint64_t row) {
      const RowIndex::Taken taken = index.take(hash, candidate, row);
      if (taken.repeated) findings.candidate_duplicate(row);
      if (!taken.row) findings.extra(row);
      if (!taken.known && findings.keys_are_unique()) unknown.push_back(static_cast<std::uint32_t>(row));
      if (!taken.row) return;
      findings.pair(*taken.row, row);
      if (ordered && *taken.row < farthest) findings.out_of_order(row, *taken.row);
      farthest = std::max(farthest, *taken.row);
    };
    each_hashed(baseline, findings.keys(), *hashes, insert, prefetch_slot);
    each_hashed(candidate, findings.keys(), *hashes, take, prefetch_slot, prefetch_key);
    for (std::uint64_t row = 0; row < baseline.row_count; ++row) {
      if (!index.is_taken(row)) findings.missing(row);
    }
  }
  find_duplicates(candidate, unknown, findings);
}

}  // namespace

Result<Comparison> compare_results(const TableView& baseline, const TableView& candidate,
                                   const ResultContract& contract) {
  ASSAY_CHECK(check_contract(contract));
  Findings findings(baseline, candidate, contract);
  const KeyOrder baseline_order = key_order(baseline, findings.keys(), kMostExamples);
  const KeyOrder candidate_order = key_order(candidate, findings.keys(), kMostExamples);
  if (baseline_order.ascending && candidate_order.ascending) {
    findings.baseline_duplicates(baseline_order);
    findings.candidate_duplicates(candidate_order);
    merge(baseline, candidate, findings);
    return findings.finish();
  }
  const std::uint64_t rows = std::max(baseline.row_count, candidate.row_count);
  if (rows > RowIndex::kMostRows) {
    return fail(ErrorKind::kInternal,
                "cannot compare {} rows that are not in key order, {} at most; sort the result by key", rows,
                RowIndex::kMostRows);
  }
  try {
    match_by_hash(baseline, candidate, contract.ordered, findings);
  } catch (const std::bad_alloc&) {
    return fail(ErrorKind::kInternal,
                "no memory to compare {} with {} rows that are not in key order; sort them by key", baseline.row_count,
                candidate.row_count);
  }
  return findings.finish();
}

std::string summary(const Comparison& comparison) {
  if (comparison.equal()) return fmt::format("equal: {} rows", comparison.baseline_rows);
  const std::pair<const char*, const Finding&> kinds[] = {
      {"missing", comparison.missing},
      {"extra", comparison.extra},
      {"differing", comparison.differing},
      {"repeated in the baseline", comparison.baseline_duplicates},
      {"repeated in the candidate", comparison.candidate_duplicates},
      {"out of order", comparison.out_of_order},
  };
  std::string text = fmt::format("{} against {} rows: ", comparison.baseline_rows, comparison.candidate_rows);
  std::string first;
  bool continued = false;
  for (const auto& [name, finding] : kinds) {
    if (finding.count == 0) continue;
    text += fmt::format("{}{} {}", continued ? ", " : "", finding.count, name);
    continued = true;
    if (!first.empty()) continue;
    first = fmt::format("; first {}: {}", name, finding.examples.front().key);
    for (const CellDifference& cell : finding.examples.front().cells) {
      first += fmt::format(", {} {} -> {}", cell.column, cell.baseline.value_or("(none)"),
                           cell.candidate.value_or("(none)"));
    }
  }
  return text + first;
}

}  // namespace assay::equivalence
