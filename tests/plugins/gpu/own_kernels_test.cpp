// All rungs give the same integers, so nobody would notice one that launches another's kernel: here the kernels that
// reach the runtime are compared with the catalogue's.
#include <gmock/gmock.h>

#include <set>

#include "matcher/gpu/kernels/catalog.hpp"
#include "tests/plugins/gpu/emulated_variant.hpp"

namespace assay::gpu {
namespace {

using namespace matcher::gpu;
using Kernels = std::set<const void*>;

template <class... Functions>
Kernels kernels(Functions... functions) {
  return {reinterpret_cast<const void*>(functions)...};
}

template <class Rung, class Axes = AuditedAxes>
Kernels launched() {
  const test::PeopleTable left("left", test::random_people(40, 7));
  const test::PeopleTable right("right", test::random_people(40, 7));
  const test::CountingHost host;
  const fake::Runtime runtime(emulated_options(7));
  test::answer<Small<Rung, Axes>>(left, right, "90", host);
  Kernels found;
  for (const fake::LaunchRecord& launch : runtime.records().launches) found.insert(launch.kernel);
  return found;
}

TEST(OwnKernels, EachRung_LaunchesItsOwnAndNoOther) {
  using Audited = PairKernels<AuditedPairs>;
  EXPECT_EQ(launched<FourKernels>(),
            kernels(Audited::levenshtein(), Audited::jaro(), Audited::jaro_winkler(), largest_of_three()));
  EXPECT_EQ(launched<Fused>(), kernels(Audited::fused()));
  EXPECT_EQ(launched<FusedSharedRow>(), kernels(Audited::fused_shared_row()));
  EXPECT_EQ(launched<BitParallel64>(), kernels(Audited::bit_parallel_64_planes()));
  EXPECT_EQ(launched<BitParallel32>(), kernels(Audited::bit_parallel_32_planes()));
  EXPECT_EQ(launched<WarpPerPair>(), kernels(Audited::warp_per_pair()));
}

TEST(OwnKernels, EachLayout_IsReadByItsOwn) {
  EXPECT_EQ(launched<FusedOffsets>(), kernels(PairKernels<PackedPairs<std::uint8_t>>::fused()));
  EXPECT_EQ(launched<FusedRows64>(), kernels(PairKernels<RowPairs<64>>::fused()));
  EXPECT_EQ(launched<FusedRows32>(), kernels(PairKernels<RowPairs<32>>::fused()));
  EXPECT_EQ(launched<BitParallel32Rows32>(), kernels(PairKernels<RowPairs<32>>::bit_parallel_32_planes()));
}

TEST(OwnKernels, OfTheCatalogue_AreAllDifferent) {
  using Audited = PairKernels<AuditedPairs>;
  EXPECT_EQ(kernels(Audited::levenshtein(), Audited::jaro(), Audited::jaro_winkler(), largest_of_three(),
                    Audited::fused(), Audited::fused_shared_row(), Audited::bit_parallel_64_planes(),
                    Audited::bit_parallel_32_planes(), Audited::warp_per_pair())
                .size(),
            9U);
}

}  // namespace
}  // namespace assay::gpu
