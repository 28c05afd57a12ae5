#include "harness/equivalence/value_compare.hpp"

#include <cmath>

#include "harness/equivalence/contract.hpp"

namespace assay::equivalence {
namespace {

bool within(double baseline, double candidate, const ColumnContract& contract) {
  if (baseline == candidate) return true;
  if (std::isnan(baseline) || std::isnan(candidate)) return std::isnan(baseline) && std::isnan(candidate);
  if (std::isinf(baseline) || std::isinf(candidate)) return false;
  return std::abs(candidate - baseline) <=
         contract.absolute_tolerance + contract.relative_tolerance * std::abs(baseline);
}

// x86's long double holds every 64-bit integer and the difference of two of them exactly.
template <class T>
bool within(T baseline, T candidate, const ColumnContract& contract) {
  const auto expected = static_cast<long double>(baseline);
  const long double allowed = contract.absolute_tolerance + contract.relative_tolerance * std::abs(expected);
  return std::abs(static_cast<long double>(candidate) - expected) <= allowed;
}

// Calls mark(i) for the pairs where both cells have a value; settles nulls itself.
template <class Equal>
void mark_pairs(const ColumnView& baseline, const ColumnView& candidate, const PairBlock& pairs,
                std::span<std::uint8_t> differs, Equal equal) {
  if (baseline.validity == nullptr && candidate.validity == nullptr) {
    for (std::size_t i = 0; i < pairs.count; ++i) {
      differs[i] |= static_cast<std::uint8_t>(!equal(pairs.baseline[i], pairs.candidate[i]));
    }
    return;
  }
  for (std::size_t i = 0; i < pairs.count; ++i) {
    const bool left_null = baseline.is_null(pairs.baseline[i]);
    const bool right_null = candidate.is_null(pairs.candidate[i]);
    const bool same = left_null || right_null ? left_null == right_null : equal(pairs.baseline[i], pairs.candidate[i]);
    differs[i] |= static_cast<std::uint8_t>(!same);
  }
}

template <class Bits>
void mark_exact(const ColumnView& baseline, const ColumnView& candidate, const PairBlock& pairs,
                std::span<std::uint8_t> differs) {
  const Bits* left = baseline.values<Bits>();
  const Bits* right = candidate.values<Bits>();
  mark_pairs(baseline, candidate, pairs, differs,
             [left, right](std::uint64_t a, std::uint64_t b) { return left[a] == right[b]; });
}

template <class T>
void mark_tolerant(const ColumnView& baseline, const ColumnView& candidate, const ColumnContract& contract,
                   const PairBlock& pairs, std::span<std::uint8_t> differs) {
  const T* left = baseline.values<T>();
  const T* right = candidate.values<T>();
  mark_pairs(baseline, candidate, pairs, differs, [left, right, &contract](std::uint64_t a, std::uint64_t b) {
    return within(left[a], right[b], contract);
  });
}

}  // namespace

void mark_differing(const ColumnView& baseline, const ColumnView& candidate, const ColumnContract& contract,
                    const PairBlock& pairs, std::span<std::uint8_t> differs) {
  if (is_text(contract.type)) {
    return mark_pairs(baseline, candidate, pairs, differs,
                      [&](std::uint64_t a, std::uint64_t b) { return baseline.text(a) == candidate.text(b); });
  }
  if (is_exact(contract)) {
    return value_bytes(contract.type) == 4 ? mark_exact<std::uint32_t>(baseline, candidate, pairs, differs)
                                           : mark_exact<std::uint64_t>(baseline, candidate, pairs, differs);
  }
  switch (contract.type) {
    case ASSAY_TYPE_INT64:
      return mark_tolerant<std::int64_t>(baseline, candidate, contract, pairs, differs);
    case ASSAY_TYPE_UINT64:
      return mark_tolerant<std::uint64_t>(baseline, candidate, contract, pairs, differs);
    case ASSAY_TYPE_UINT32:
      return mark_tolerant<std::uint32_t>(baseline, candidate, contract, pairs, differs);
    case ASSAY_TYPE_FLOAT64:
      return mark_tolerant<double>(baseline, candidate, contract, pairs, differs);
    default:
      return mark_tolerant<std::int32_t>(baseline, candidate, contract, pairs, differs);
  }
}

bool cells_equal(const ColumnView& baseline, std::uint64_t baseline_row, const ColumnView& candidate,
                 std::uint64_t candidate_row, const ColumnContract& contract) {
  PairBlock pair;
  pair.count = 1;
  pair.baseline[0] = baseline_row;
  pair.candidate[0] = candidate_row;
  std::uint8_t differs = 0;
  mark_differing(baseline, candidate, contract, pair, {&differs, 1});
  return differs == 0;
}

}  // namespace assay::equivalence
