// What makes two plans different enough that samples of both may not stand in one record.
#include "harness/cli/resume.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::cli {
namespace {

using testing::HasSubstr;

Json header() {
  return Json::parse(R"({
    "seed": 42, "profile": "dirty", "suite": "quick", "audits": [], "thread_budget": 1, "reference": null, "plugins": "",
    "simulated": false, "effort": {"budget_seconds": 3.0, "launches": 2},
    "cases": [{"baseline": "a", "candidate": "b", "dataset": "people-10k"}],
    "datasets": [{"name": "people-10k", "digest": "sha256:1"}],
    "variants": [{"id": "a", "sha256": "1"}, {"id": "b", "sha256": "2"}],
    "programs": {"assay": "3", "assay-worker": "4"},
    "workloads": [{"id": "persons.match", "result": 1}],
    "documents": [{"document": "own", "claims": []}],
    "environment": {"cpu_model": "x", "cores": 2, "kernel": "6.1", "libc": "2.36", "governor": null, "pinned_cpus": [1],
                    "load_average": [0.1], "steal_ticks": 5}})");
}

TEST(WhatChanged, SamePlanOnTheSameMachine_IsNothing) {
  EXPECT_EQ(what_changed(header(), header()), "");
}

TEST(WhatChanged, LoadAndTimeOfDay_DoNotMatter) {
  Json now = header();
  now["environment"]["load_average"] = {2.5};
  now["environment"]["steal_ticks"] = 900;
  now["utc"] = "2026-11-22T00:00:00Z";
  now["command"] = "assay run quick --resume x";
  EXPECT_EQ(what_changed(header(), now), "");
}

TEST(WhatChanged, AnyOtherChange_IsNamedWithBothValues) {
  const std::vector<std::array<const char*, 3>> changes{
      {"/seed", "43", "seed was 42 and is 43"},
      {"/profile", "\"clean\"", "profile was \"dirty\" and is \"clean\""},
      {"/reference", "\"r\"", "reference was null and is \"r\""},
      {"/thread_budget", "2", "thread_budget was 1 and is 2"},
      {"/simulated", "true", "simulated was false and is true"},
      {"/effort/launches", "3", "launches was 2 and is 3"},
      {"/cases/0/dataset", "\"people-1m\"", "no case a -> b on people-10k any more"},
      {"/datasets/0/digest", "\"sha256:2\"", "data set \"people-10k\": digest was \"sha256:1\" and is \"sha256:2\""},
      {"/variants/1/sha256", "\"9\"", "variant \"b\": sha256 was \"2\" and is \"9\""},
      {"/programs/assay-worker", "\"9\"", "program assay-worker was \"4\" and is \"9\""},
      {"/workloads/0/result", "2", "workload \"persons.match\" is another"},
      {"/documents/0/claims", "[1]", "audit \"own\" is another"},
      {"/environment/cpu_model", "\"y\"", "cpu_model was \"x\" and is \"y\""},
      {"/environment/pinned_cpus", "null", "pinned_cpus was [1] and is null"}};
  for (const auto& [place, value, text] : changes) {
    Json now = header();
    now[Json::json_pointer(place)] = Json::parse(value);
    EXPECT_THAT(what_changed(header(), now), HasSubstr(text)) << place;
  }
}

TEST(WhatChanged, CaseThatWasAdded_IsADifferentPlan) {
  Json now = header();
  now["cases"].push_back({{"baseline", "a"}, {"candidate", "c"}, {"dataset", "people-10k"}});
  EXPECT_THAT(what_changed(header(), now), HasSubstr("other cases"));
}

}  // namespace
}  // namespace assay::cli
