// The error model as a table, and the bound that realised rates must keep.
#include "datasets/generate/error_model.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "harness/core/files.hpp"

namespace assay::datasets {
namespace {

TEST(ErrorModel, Rules_StandAtTheirBitAndHaveDistinctNames) {
  std::set<std::string_view> names;
  for (std::size_t index = 0; index < kDamageKinds; ++index) {
    EXPECT_EQ(static_cast<std::size_t>(kErrorModel[index].kind), index);
    names.insert(kErrorModel[index].name);
  }
  EXPECT_EQ(names.size(), kDamageKinds);
}

TEST(ErrorModel, CleanProfile_DamagesNothing) {
  for (const DamageRule& rule : kErrorModel) EXPECT_EQ(damage_rate(rule.kind, Profile::kClean), 0u) << rule.name;
}

TEST(ErrorModel, Readme_StatesTheSameRates) {
  const auto readme = read_file(std::filesystem::path(ASSAY_SOURCE_DIR) / "datasets" / "README.md");
  ASSERT_TRUE(readme) << readme.error().message;
  for (const DamageRule& rule : kErrorModel) {
    const std::string line = fmt::format("| {} | `{}` | {} | {} |", static_cast<std::uint32_t>(rule.kind), rule.name,
                                         rule.what, fmt::join(rule.per_65536, " | "));
    EXPECT_NE(readme->find(line), std::string::npos) << line;
  }
}

TEST(FiveSigma, Bound_LiesWhereTheBinomialPutsIt) {
  // 1,000,000 trials at 1/4: mean 250,000, standard deviation 433.
  EXPECT_TRUE(within_five_sigma(1'000'000, 252'160, 16384));
  EXPECT_FALSE(within_five_sigma(1'000'000, 252'170, 16384));
  EXPECT_FALSE(within_five_sigma(1'000'000, 247'830, 16384));
}

TEST(FiveSigma, CertainRates_AllowNothingElse) {
  EXPECT_TRUE(within_five_sigma(100, 0, 0));
  EXPECT_FALSE(within_five_sigma(100, 1, 0));
  EXPECT_TRUE(within_five_sigma(100, 100, 65536));
  EXPECT_FALSE(within_five_sigma(100, 99, 65536));
}

}  // namespace
}  // namespace assay::datasets
