// Kernels with one thread (or one warp) per pair, on every source of pairs, against score_scalar.
#include <gtest/gtest.h>

#include <cstring>

#include "matcher/gpu/kernels/bitparallel32.cuh"
#include "matcher/gpu/kernels/catalog.hpp"
#include "matcher/gpu/kernels/four_kernels.cuh"
#include "matcher/gpu/kernels/fused_persistent.cuh"
#include "matcher/gpu/kernels/fused_shared_row.cuh"
#include "matcher/gpu/kernels/warp_per_pair.cuh"
#include "matcher/gpu/layout/pairs.hpp"
#include "matcher/gpu/layout/rows.hpp"
#include "tests/matcher/gpu/kernels/random_names.hpp"
#include "tests/scaled.hpp"

namespace matcher::gpu {
namespace {

using assay::testing::scaled;

constexpr unsigned kThreads = 64;
constexpr unsigned kGrid = 3;  // fewer threads than pairs: the stride is needed
constexpr PackedParts kNotWritten = 0xffffffffU;

// Names, pairs of them, and the pairs' scores by definition.
struct Pairs {
  NameTables tables;
  Alphabet alphabet;
  std::vector<RowPair> list;
  std::vector<PackedParts> expected;

  Pairs(const NameShape& shape, std::uint64_t stream)
      : tables(random_names(shape, stream)),
        alphabet(Alphabet::of(tables.left, tables.right)),
        list(random_pairs(tables, scaled(2000), stream)) {
    for (const RowPair& pair : list) expected.push_back(expected_parts(left(pair), right(pair)));
  }
  [[nodiscard]] const std::u32string& left(const RowPair& pair) const { return tables.left[pair.left]; }
  [[nodiscard]] const std::u32string& right(const RowPair& pair) const { return tables.right[pair.right]; }
};

// The shapes that kernels up to 64 symbols are tried on; the last has more symbols than five bits.
std::vector<Pairs> long_pairs() {
  std::vector<Pairs> all;
  std::uint64_t stream = 0;
  for (const NameShape shape : {NameShape{60, 64, 2}, {60, 64, 9}, {60, 20, 4}, {60, 64, 29}, {90, 64, 200}}) {
    all.emplace_back(shape, ++stream);
  }
  return all;
}

template <class Source, class Kernel>
std::vector<PackedParts> scores(const Source& source, Kernel kernel, std::size_t shared_per_thread = 0) {
  std::vector<PackedParts> found(source.pairs, kNotWritten);
  launch(kGrid, kThreads, shared_per_thread * kThreads, kernel, source, PackedScores{found.data()});
  return found;
}

using Codes = PackedPairs<std::uint8_t>;
using Scalars = PackedPairs<char32_t>;

template <class Symbol>
PackedPairTable<Symbol> packed(const Pairs& pairs) {
  return pack_pairs<Symbol>(pairs.tables.left, pairs.tables.right, pairs.list, pairs.alphabet);
}

// Both tables in rows, and the list.
template <std::uint32_t kRowBytes>
struct Resident {
  RowTable left;
  RowTable right;
  RowPairs<kRowBytes> view;

  explicit Resident(const Pairs& pairs)
      : left(make_rows(pairs.tables.left, all_rows(pairs.tables.left.size()), pairs.alphabet, kRowBytes)),
        right(make_rows(pairs.tables.right, all_rows(pairs.tables.right.size()), pairs.alphabet, kRowBytes)),
        view{left.view<kRowBytes>(), right.view<kRowBytes>(), pairs.list.data(),
             static_cast<std::uint32_t>(pairs.list.size())} {}
};

TEST(Fused, EverySourceOfPairs_EqualsScalar) {
  for (const Pairs& pairs : long_pairs()) {
    const auto codes = packed<std::uint8_t>(pairs);
    EXPECT_EQ(scores(codes.view(), PairKernels<Codes>::fused()), pairs.expected);
    const auto scalars = packed<char32_t>(pairs);
    EXPECT_EQ(scores(scalars.view(), PairKernels<Scalars>::fused()), pairs.expected);
    const auto records = audited_pairs(pairs.tables.left, pairs.tables.right, pairs.list, pairs.alphabet);
    const AuditedPairs audited{records.data(), static_cast<std::uint32_t>(records.size())};
    EXPECT_EQ(scores(audited, PairKernels<AuditedPairs>::fused()), pairs.expected);
    EXPECT_EQ(scores(Resident<64>(pairs).view, PairKernels<RowPairs<64>>::fused()), pairs.expected);
  }
}

TEST(FusedSharedRow, AnyNames_EqualsScalar) {
  for (const Pairs& pairs : long_pairs()) {
    const auto codes = packed<std::uint8_t>(pairs);
    EXPECT_EQ(scores(codes.view(), PairKernels<Codes>::fused_shared_row(), kSharedRowBytes), pairs.expected);
    const auto scalars = packed<char32_t>(pairs);
    EXPECT_EQ(scores(scalars.view(), PairKernels<Scalars>::fused_shared_row(), kSharedRowBytes), pairs.expected);
  }
}

TEST(BitParallel64, TableOrPlanes_EqualsScalar) {
  using Kernels = PairKernels<RowPairs<64>>;
  for (const Pairs& pairs : long_pairs()) {
    const Resident<64> rows(pairs);
    EXPECT_EQ(scores(rows.view, Kernels::bit_parallel_64_planes()), pairs.expected);
    if (!pairs.alphabet.fits_five_bits()) continue;
    EXPECT_EQ(scores(rows.view, Kernels::bit_parallel_64_table(), kMaskTableBytes64), pairs.expected);
  }
}

TEST(BitParallel32, TableOrPlanes_EqualsScalar) {
  using Kernels = PairKernels<RowPairs<32>>;
  std::uint64_t stream = 10;
  for (const NameShape shape : {NameShape{60, 32, 2}, {60, 32, 7}, {60, 12, 3}, {60, 32, 29}, {90, 32, 200}}) {
    const Pairs pairs(shape, ++stream);
    const Resident<32> rows(pairs);
    EXPECT_EQ(scores(rows.view, Kernels::bit_parallel_32_planes()), pairs.expected);
    if (!pairs.alphabet.fits_five_bits()) continue;
    EXPECT_EQ(scores(rows.view, Kernels::bit_parallel_32_table(), kMaskTableBytes32), pairs.expected);
  }
}

TEST(WarpPerPair, TextsOfAnyLength_EqualScalarDistances) {
  std::uint64_t stream = 20;
  for (const NameShape shape : {NameShape{30, 64, 3}, {30, 12, 5}, {20, 150, 40}}) {
    Pairs pairs(shape, ++stream);
    pairs.list.resize(pairs.list.size() / 8);
    const auto scalars = packed<char32_t>(pairs);
    const std::uint32_t pitch = shape.longest + 1;
    std::vector<int> diagonals(std::size_t{kGrid} * kThreads / 32 * 3 * pitch, -1000);
    std::vector<std::uint32_t> distances(pairs.list.size(), kNotWritten);
    launch(kGrid, kThreads, 0, PairKernels<Scalars>::warp_per_pair(), scalars.view(), diagonals.data(), pitch,
           distances.data());
    for (std::size_t i = 0; i < distances.size(); ++i) ASSERT_EQ(distances[i], pairs.expected[i] & 0xff) << i;
  }
}

// The four kernels' buffers in one Real.
template <class Real>
struct FourPercents {
  std::vector<Real> levenshtein, jaro, jaro_winkler, largest;

  explicit FourPercents(const PackedPairs<std::uint8_t>& source)
      : levenshtein(source.pairs), jaro(source.pairs), jaro_winkler(source.pairs), largest(source.pairs) {
    using Source = PackedPairs<std::uint8_t>;
    launch(kGrid, kThreads, 0, levenshtein_kernel<Real, 64, Source>, source, levenshtein.data());
    launch(kGrid, kThreads, 0, jaro_kernel<Real, 64, Source>, source, jaro.data());
    launch(kGrid, kThreads, 0, jaro_winkler_kernel<Real, 64, Source>, source, jaro_winkler.data());
    launch(kGrid, kThreads, 0, largest_of_three_kernel<Real>, levenshtein.data(), jaro.data(), jaro_winkler.data(),
           largest.data(), source.pairs);
  }
};

template <class Real>
bool same_bits(Real a, Real b) {
  return std::memcmp(&a, &b, sizeof(Real)) == 0;
}

// Every percent of score.hpp from the integers of score_scalar, in the same Real: equal to the last bit.
template <class Real>
void check_percents() {
  for (const Pairs& pairs : long_pairs()) {
    const auto codes = packed<std::uint8_t>(pairs);
    const FourPercents<Real> four(codes.view());
    std::vector<Real> fused(pairs.list.size());
    launch(kGrid, kThreads, 0, fused_kernel<64, PackedPairs<std::uint8_t>, LargestPercents<Real>>, codes.view(),
           LargestPercents<Real>{fused.data()});
    for (std::size_t i = 0; i < pairs.list.size(); ++i) {
      const ScoreParts parts = unpack_parts(pairs.expected[i]);
      const PairLengths lengths = lengths_of(pairs.left(pairs.list[i]), pairs.right(pairs.list[i]));
      ASSERT_TRUE(same_bits(four.levenshtein[i], levenshtein_percent<Real>(parts.distance, lengths.longest_bytes)));
      ASSERT_TRUE(same_bits(
          four.jaro[i], jaro<Real>(parts.matches, parts.half_transpositions, lengths.left, lengths.right) * Real(100)));
      ASSERT_TRUE(
          same_bits(four.jaro_winkler[i], jaro_winkler_percent<Real>(parts.matches, parts.half_transpositions,
                                                                     parts.prefix, lengths.left, lengths.right)));
      const Real largest = largest_percent<Real>(parts, lengths.left, lengths.right, lengths.longest_bytes);
      ASSERT_TRUE(same_bits(four.largest[i], largest));
      ASSERT_TRUE(same_bits(fused[i], largest));
    }
  }
}

TEST(FourKernels, Catalogue_HasTheFloatKernels) {
  EXPECT_EQ(PairKernels<Codes>::levenshtein(), (levenshtein_kernel<float, 64, Codes>));
  EXPECT_EQ(PairKernels<Codes>::jaro(), (jaro_kernel<float, 64, Codes>));
  EXPECT_EQ(PairKernels<Codes>::jaro_winkler(), (jaro_winkler_kernel<float, 64, Codes>));
  EXPECT_EQ(largest_of_three(), largest_of_three_kernel<float>);
  EXPECT_EQ(PairKernels<Codes>::fused_percents(), (fused_kernel<64, Codes, LargestPercents<float>>));
}

// Kernels that give the same integers: a mix-up would show in nothing else.
TEST(Catalogue, EachName_IsItsOwnKernel) {
  using Kernels = PairKernels<Codes>;
  EXPECT_EQ(Kernels::fused(), (fused_kernel<64, Codes, PackedScores>));
  EXPECT_EQ(Kernels::fused_shared_row(), (fused_shared_row_kernel<64, Codes, PackedScores>));
  EXPECT_EQ(Kernels::bit_parallel_64_table(), (bitparallel64_kernel<MaskTable<std::uint64_t>, Codes, PackedScores>));
  EXPECT_EQ(Kernels::bit_parallel_64_planes(),
            (bitparallel64_kernel<MaskPlanes<std::uint64_t, kBitPlanes>, Codes, PackedScores>));
  EXPECT_EQ(Kernels::bit_parallel_32_table(), (bitparallel32_kernel<MaskTable<std::uint32_t>, Codes, PackedScores>));
  EXPECT_EQ(Kernels::bit_parallel_32_planes(),
            (bitparallel32_kernel<MaskPlanes<std::uint32_t, kBitPlanes>, Codes, PackedScores>));
  EXPECT_EQ(Kernels::warp_per_pair(), (warp_per_pair_kernel<Codes>));
  EXPECT_EQ(fused_persistent(), (fused_persistent_kernel<64, AuditedPairs, PackedScores>));
}

TEST(FourKernels, Double_HasTheBitsOfTheScores) {
  check_percents<double>();
}

TEST(FourKernels, Float_HasTheBitsOfTheSameFormulasInFloat) {
  check_percents<float>();
}

}  // namespace
}  // namespace matcher::gpu
