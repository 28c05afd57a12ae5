// The same bytes on every machine: the digests of small data sets are written down in datasets/manifests.
//
// A difference here means that the generator makes other bytes than the version it claims to be. That is a defect, or a
// new generator version: raise kGeneratorVersion, then copy the new manifests and say why in the commit.
#include <gtest/gtest.h>

#include "datasets/generate/make.hpp"
#include "harness/core/json.hpp"
#include "tests/datasets/generate/made_dataset.hpp"

namespace assay::datasets {
namespace {

class Pins : public testing::TestWithParam<ProfileText> {};
INSTANTIATE_TEST_SUITE_P(Profiles, Pins, testing::ValuesIn(kProfiles),
                         [](const auto& param) { return std::string(param.param.name); });

TEST_P(Pins, ManifestOfPeople500Seed42_IsTheOneWrittenDown) {
  const auto pinned = read_json(std::filesystem::path(ASSAY_SOURCE_DIR) / "datasets" / "manifests" /
                                fmt::format("people-500-{}-42-g{}.json", GetParam().name, kGeneratorVersion));
  ASSERT_TRUE(pinned) << pinned.error().message;
  const Json& made = test::made("people-500", GetParam().profile).manifest().document;
  EXPECT_EQ(made["digest"], (*pinned)["digest"]);
  EXPECT_EQ(made.dump(1), pinned->dump(1));
}

}  // namespace
}  // namespace assay::datasets
