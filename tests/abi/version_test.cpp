// Plugins and hosts of different minor versions work together, in both directions.
#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <tuple>
#include <vector>

#include "assay/plugin.h"
#include "tests/abi/driver.h"
#include "tests/stub_plugins/launch.hpp"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

std::filesystem::path module_of(const std::string& id) {
  return std::filesystem::path(ASSAY_BINARY_DIR) / "stub_plugins" / (id + ".so");
}

struct HostVersion {
  const char* name;
  void (*drive)(const void* plugin, abi_answer* answer);
};

void PrintTo(const HostVersion& host, std::ostream* out) {
  *out << host.name;
}

const auto kPlugins =
    testing::ValuesIn(std::vector<std::string>{"abi.c99", "abi.frozen_1_0", "abi.next", "abi.cut", "stub.correct"});
const auto kHosts =
    testing::Values(HostVersion{"current", &abi_drive_current}, HostVersion{"frozen_1_0", &abi_drive_frozen_1_0},
                    HostVersion{"next", &abi_drive_next}, HostVersion{"cut", &abi_drive_cut});

class VersionTest : public testing::TestWithParam<std::tuple<std::string, HostVersion>> {};

// Hosts in C, each built with its own header, call the plugin's table directly.
TEST_P(VersionTest, Host_DrivesPluginOfAnyMinor) {
  const auto& [plugin, host] = GetParam();
  void* const module = ::dlopen(module_of(plugin).c_str(), RTLD_NOW | RTLD_LOCAL);
  ASSERT_NE(module, nullptr) << ::dlerror();
  const auto entry = reinterpret_cast<assay_plugin_v1_fn>(::dlsym(module, ASSAY_PLUGIN_SYMBOL));
  ASSERT_NE(entry, nullptr);
  abi_answer answer;
  host.drive(entry(), &answer);
  ::dlclose(module);

  EXPECT_EQ(answer.failed, nullptr) << answer.failed << ": " << answer.message;
  EXPECT_EQ(answer.wrote_beyond_error, 0);
  EXPECT_THAT(answer.refusal, StartsWith("no variant"));
  EXPECT_THAT(answer.ids, ElementsAre(1, 2, 3));
  // SplitMix64 without its last shift, three times, from days 0, 1000 and -5: computed apart, in Python.
  EXPECT_THAT(answer.mixed, ElementsAre(11459470118826280214ULL, 15077245992083371268ULL, 9131698622982321501ULL));
  EXPECT_STREQ(answer.labels[0], "214");
  EXPECT_STREQ(answer.labels[1], "268");
  EXPECT_STREQ(answer.labels[2], "501");
}

INSTANTIATE_TEST_SUITE_P(Matrix, VersionTest, testing::Combine(kPlugins, kHosts), [](const auto& row) {
  std::string name = std::get<0>(row.param) + "_on_" + std::get<1>(row.param).name;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
});

// The real host: our worker.
class WorkerVersionTest : public testing::TestWithParam<const char*> {
 protected:
  static isolate::WorkerTask task() {
    isolate::WorkerTask task = test::stub_task("correct");
    task.plugin = module_of(GetParam()).string();
    task.variant = GetParam();
    return task;
  }
};

TEST_P(WorkerVersionTest, Plugin_GivesTheAnswerOfOneBuiltWithThisHost) {
  auto expected = isolate::WorkerHandle::launch(test::stub_task("correct"), test::short_limits());
  ASSERT_TRUE(expected) << expected.error().message;
  isolate::WorkerTask memory_run = task();
  memory_run.keep_freed_memory = false;
  auto worker = isolate::WorkerHandle::launch(memory_run, test::short_limits());
  ASSERT_TRUE(worker) << worker.error().message;
  const auto answer = worker->sample({});
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->digest, expected->sample({})->digest);
  EXPECT_EQ(answer->host_allocations, 3u);  // it found host.alloc where it is
  const auto finished = worker->finish();
  EXPECT_TRUE(finished) << finished.error().message;
}

TEST_P(WorkerVersionTest, Refusal_ReachesTheHostInWords) {
  isolate::WorkerTask bad = task();
  bad.parameters = {{"rounds", "many"}};
  const auto worker = isolate::WorkerHandle::launch(bad, test::short_limits());
  ASSERT_FALSE(worker);
  EXPECT_EQ(worker.error().fault, isolate::Fault::kCallFailed);
  EXPECT_EQ(worker.error().phase, isolate::Phase::kInit);
  EXPECT_THAT(worker.error().message, HasSubstr("parameter 'rounds' must be a number, it is 'many'"));
}

TEST_P(WorkerVersionTest, Module_IsListedWithWhatLiesInsideItsStructs) {
  const auto entries = cli::read_module(module_of(GetParam()));
  ASSERT_TRUE(entries) << entries.error().message;
  ASSERT_EQ(entries->size(), 1u);
  EXPECT_EQ(entries->front().info.id, GetParam());
  EXPECT_EQ(entries->front().info.summary, "plain C99");
  EXPECT_THAT(entries->front().info.workloads, ElementsAre("stub.table"));
  EXPECT_EQ(entries->front().info.build.empty(), std::string(GetParam()) == "abi.cut");
}

INSTANTIATE_TEST_SUITE_P(Plugins, WorkerVersionTest,
                         testing::Values("abi.c99", "abi.frozen_1_0", "abi.next", "abi.cut"),
                         [](const auto& row) { return std::string(row.param).substr(4); });

}  // namespace
}  // namespace assay
