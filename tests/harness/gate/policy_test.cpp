// Reading a gate's policy: the shipped one, defaults, rules, and files that are refused.
#include "harness/gate/policy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/plan/edited_json.hpp"

namespace assay::gate {
namespace {

using testing::BadFile;
using testing::error_after;
using ::testing::HasSubstr;
using testing::TemporaryFolder;

constexpr const char* kShipped = "ci/policy.json";

Policy read(const char* text) {
  const TemporaryFolder folder;
  return read_policy(folder.write("policy.json", text)).value();
}

TEST(ReadPolicy, ShippedFile_IsRead) {
  const auto policy = read_policy(std::filesystem::path(ASSAY_SOURCE_DIR) / kShipped);
  ASSERT_TRUE(policy) << policy.error().message;
  EXPECT_EQ(policy->suite, "gate");
  EXPECT_EQ(policy->budgets.at("memory/allocations"), 0.0);
  EXPECT_FALSE(policy->strict);
}

TEST(ReadPolicy, OnlyASuite_HasTheDefaults) {
  const Policy policy = read(R"({"schema": "assay-policy/1", "suite": "gate"})");
  EXPECT_EQ(policy.margin, 0.02);
  EXPECT_EQ(policy.most_pairs, 96U);
  EXPECT_EQ(policy.family_error, 0.01);
  EXPECT_TRUE(policy.budgets.empty());
  EXPECT_EQ(policy.rule_for("anything"), nullptr);
}

TEST(ReadPolicy, FirstRuleThatFits_Counts) {
  const Policy policy = read(R"({"schema": "assay-policy/1", "suite": "gate", "margin": 0.03, "cells": [
    {"match": "people-10k .*strings", "margin": 0.1},
    {"match": "people-10k", "ignore": true, "reason": "too short"}]})");
  EXPECT_EQ(policy.margin_for("persons.match people-10k strings.copied"), 0.1);
  EXPECT_FALSE(policy.rule_for("persons.match people-10k strings.copied")->ignored);
  EXPECT_TRUE(policy.rule_for("persons.match people-10k alloc.arena")->ignored);
  EXPECT_EQ(policy.margin_for("persons.match people-10k alloc.arena"), 0.03);
  EXPECT_EQ(policy.rule_for("persons.match people-100k alloc.arena"), nullptr);
}

class RefusedPolicy : public ::testing::TestWithParam<BadFile> {};

TEST_P(RefusedPolicy, SaysFileKeyAndValue) {
  const std::string message =
      error_after(kShipped, GetParam().edit, [](const auto& path) { return read_policy(path); });
  for (const std::string& words : GetParam().said) EXPECT_THAT(message, HasSubstr(words));
}

INSTANTIATE_TEST_SUITE_P(
    Edits, RefusedPolicy,
    ::testing::Values(
        BadFile{
            "another_schema", [](Json& json) { json["schema"] = "assay-policy/2"; }, {"assay-policy/2", "expected"}},
        BadFile{"unknown_key", [](Json& json) { json["marign"] = 0.02; }, {"marign"}},
        BadFile{"no_suite", [](Json& json) { json.erase("suite"); }, {"suite"}},
        BadFile{"negative_margin", [](Json& json) { json["margin"] = -0.02; }, {"margin", "-0.02", "0.001"}},
        BadFile{"percent_for_share", [](Json& json) { json["margin"] = 20; }, {"margin", "20", "to 10"}},
        BadFile{"too_few_pairs", [](Json& json) { json["timing"]["pairs"] = 4; }, {"timing", "pairs", "4", "from 8"}},
        BadFile{"budget_no_number",
                [](Json& json) { json["budgets"]["memory/allocations"] = "0"; },
                {"budgets", "memory/allocations", "wrong type"}},
        BadFile{"budgets_a_list", [](Json& json) { json["budgets"] = Json::array({1}); }, {"budgets", "no object"}},
        BadFile{"bad_expression",
                [](Json& json) {
                  json["cells"] = Json::array({{{"match", "("}}});
                },
                {"'('", "no regular expression"}},
        BadFile{"ignored_silently",
                [](Json& json) {
                  json["cells"] = Json::array({{{"match", "gpu"}, {"ignore", true}}});
                },
                {"'gpu'", "without a reason"}}),
    [](const auto& file) { return file.param.what; });

}  // namespace
}  // namespace assay::gate
