// The environment of a run holds every key that the record schema wants, with the types it allows.
#include "harness/measure/environment.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "tests/harness/core/temporary_folder.hpp"

namespace assay::measure {
namespace {

const Json& environment_schema() {
  static const Json schema =
      read_json(std::filesystem::path(ASSAY_SOURCE_DIR) / "reports/schema/assay-result-1.json").value();
  return schema["$defs"]["environment"];
}

std::string type_of(const Json& value) {
  if (value.is_null()) return "null";
  if (value.is_boolean()) return "boolean";
  if (value.is_number_integer()) return "integer";
  if (value.is_number()) return "number";
  return value.type_name();
}

// The types the schema allows for a key; "count" is its name for an integer or null.
std::vector<std::string> allowed_types(const Json& rule) {
  if (rule.contains("$ref")) return {"integer", "null"};
  if (rule["type"].is_string()) return {rule["type"].get<std::string>()};
  return rule["type"].get<std::vector<std::string>>();
}

TEST(ReadEnvironment, EveryRequiredKey_IsThereWithAnAllowedType) {
  const Json environment = read_environment(ASSAY_SOURCE_DIR);
  for (const Json& key : environment_schema()["required"]) {
    const std::string name = key.get<std::string>();
    ASSERT_TRUE(environment.contains(name)) << name;
    const auto allowed = allowed_types(environment_schema()["properties"][name]);
    EXPECT_NE(std::find(allowed.begin(), allowed.end(), type_of(environment[name])), allowed.end())
        << name << " is " << environment[name].dump();
  }
}

TEST(ReadEnvironment, Figures_ArePlausible) {
  const Json environment = read_environment(ASSAY_SOURCE_DIR);
  EXPECT_EQ(environment["cores"].get<unsigned>(), std::thread::hardware_concurrency());
  EXPECT_GT(environment["memory_bytes"].get<std::int64_t>(), 100'000'000);
  EXPECT_EQ(environment["kernel"].get<std::string>().rfind("Linux ", 0), 0U);
  ASSERT_TRUE(environment["load_average"].is_array()) << environment["load_average"].dump();
  EXPECT_EQ(environment["load_average"].size(), 3U);
}

TEST(ReadEnvironment, FolderOutsideARepository_HasNoRevisionInsteadOfAGuess) {
  const testing::TemporaryFolder folder;
  const Json environment = read_environment(folder.path());
  EXPECT_TRUE(environment["git_revision"].is_null());
  EXPECT_TRUE(environment["git_dirty"].is_null());
}

TEST(ReadEnvironment, FolderWithAQuoteInItsName_IsNoCommand) {
  const testing::TemporaryFolder folder;
  const auto marker = folder / "marker";
  const Json environment = read_environment(folder / ("x'; touch " + marker.string() + "; echo '"));
  EXPECT_FALSE(std::filesystem::exists(marker));
  EXPECT_TRUE(environment["git_revision"].is_null());
}

}  // namespace
}  // namespace assay::measure
