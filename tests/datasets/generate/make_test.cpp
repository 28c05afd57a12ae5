// Making data sets: the same bytes from any number of threads, nothing half-made, the cache used.
#include "datasets/generate/make.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "datasets/generate/list.hpp"
#include "datasets/load/dataset.hpp"
#include "harness/core/files.hpp"
#include "tests/datasets/load/sample_table.hpp"

namespace assay::datasets {
namespace {

using test::Folder;
using testing::HasSubstr;

TEST(Make, OneTwoThreeAndSevenThreads_GiveTheSameBytes) {
  std::vector<std::string> expected;
  for (const unsigned threads : {1U, 2U, 3U, 7U}) {
    const Folder cache;
    const auto folder = make({.name = "people-140k", .cache = cache.path(), .threads = threads});
    ASSERT_TRUE(folder) << folder.error().message;
    std::vector<std::string> found;
    for (const char* file : {"left.col", "right.col", "truth.col", "manifest.json"})
      found.push_back(*read_file(*folder / file));
    if (expected.empty()) expected = found;
    for (std::size_t file = 0; file < found.size(); ++file)
      EXPECT_TRUE(found[file] == expected[file]) << threads << ' ' << file;
  }
}

TEST(Make, AnotherSeed_GivesOtherPeople) {
  const Folder cache;
  const auto one = make({.name = "people-500", .seed = 1, .cache = cache.path()});
  const auto two = make({.name = "people-500", .seed = 2, .cache = cache.path()});
  ASSERT_TRUE(one && two);
  EXPECT_NE(read_manifest(*one)->tables[0].sha256, read_manifest(*two)->tables[0].sha256);
  EXPECT_NE(read_manifest(*one)->tables[1].sha256, read_manifest(*two)->tables[1].sha256);
}

TEST(Make, SmallestTables_AreWhole) {
  const Folder cache;
  for (const char* name : {"people-1", "people-2", "people-65"}) {
    const auto folder = make({.name = name, .cache = cache.path()});
    ASSERT_TRUE(folder) << folder.error().message;
    const auto dataset = Dataset::open(*folder);
    ASSERT_TRUE(dataset) << dataset.error().message;
    EXPECT_EQ(dataset->view()->tables[1]->row_count, *parse_people_name(name));
    EXPECT_TRUE(dataset->verify());
  }
}

TEST(Make, SecondTime_FindsTheFirst) {
  const Folder cache;
  const auto folder = make({.name = "people-500", .cache = cache.path()});
  ASSERT_TRUE(folder);
  EXPECT_EQ(folder->filename(), "people-500-dirty-42-g1");
  bool worked = false;
  const auto again =
      make({.name = "people-500", .cache = cache.path()}, [&](const Progress&) { return worked = true; });
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, *folder);
  EXPECT_FALSE(worked);
}

TEST(Make, TruncatedFileInTheCache_IsMadeAnew) {
  const Folder cache;
  const auto folder = make({.name = "people-500", .cache = cache.path()});
  ASSERT_TRUE(folder);
  std::filesystem::resize_file(*folder / "right.col", 64);
  const auto again = make({.name = "people-500", .cache = cache.path()});
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_TRUE(Dataset::open(*again)->verify());
}

TEST(Make, Stopped_KeepsNothing) {
  const Folder cache;
  const auto folder =
      make({.name = "people-140k", .cache = cache.path()}, [](const Progress& p) { return p.phase != "right"; });
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().kind, ErrorKind::kInterrupted);
  EXPECT_TRUE(std::filesystem::is_empty(cache.path()));
}

// A file-size limit fails writes as a full disk does, at the same call.
TEST(Make, DiskFull_SaysSoInOneLineAndKeepsNothing) {
  const Folder cache;
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  auto* const handler = ::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{200'000, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto folder = make({.name = "people-10k", .cache = cache.path()});
  ::setrlimit(RLIMIT_FSIZE, &before);
  ::signal(SIGXFSZ, handler);
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().kind, ErrorKind::kInternal);
  EXPECT_THAT(folder.error().message, HasSubstr("cannot write"));
  EXPECT_THAT(folder.error().message, HasSubstr("make room"));
  EXPECT_EQ(folder.error().message.find('\n'), std::string::npos);
  EXPECT_TRUE(std::filesystem::is_empty(cache.path()));
}

TEST(Make, CacheThatIsAFile_IsNamed) {
  const Folder folder;
  std::ofstream(folder.path() / "cache") << "x";
  const auto made = make({.name = "people-500", .cache = folder.path() / "cache"});
  ASSERT_FALSE(made);
  EXPECT_THAT(made.error().message, HasSubstr((folder.path() / "cache").string()));
}

TEST(Make, LeftOverOfADeadProcess_IsRemoved) {
  const Folder cache;
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  const auto dead = cache.path() / ("people-500-dirty-42-g1.tmp." + std::to_string(child));
  const auto alive = cache.path() / ("people-500-dirty-42-g1.tmp." + std::to_string(::getppid()));
  std::filesystem::create_directories(dead);
  std::filesystem::create_directories(alive);
  ASSERT_TRUE(make({.name = "people-500", .cache = cache.path()}));
  EXPECT_FALSE(std::filesystem::exists(dead));
  EXPECT_TRUE(std::filesystem::exists(alive));
}

TEST(PeopleName, SizesAndUnits_AreRead) {
  EXPECT_EQ(*parse_people_name("people-500"), 500u);
  EXPECT_EQ(*parse_people_name("people-2k"), 2'000u);
  EXPECT_EQ(*parse_people_name("people-10m"), 10'000'000u);
  EXPECT_EQ(people_name(500), "people-500");
  EXPECT_EQ(people_name(100'000), "people-100k");
  EXPECT_EQ(people_name(10'000'000), "people-10m");
}

TEST(PeopleName, Nonsense_IsRefusedWithWhatIsKnown) {
  for (const char* name :
       {"", "people-", "people-x", "people-10g", "people-10kk", "people--1", "people-1 k", "dogs-10k"}) {
    const auto rows = parse_people_name(name);
    ASSERT_FALSE(rows) << name;
    EXPECT_EQ(rows.error().kind, ErrorKind::kUsage);
    EXPECT_THAT(rows.error().message, HasSubstr("people-10k"));
  }
  for (const char* name : {"people-0", "people-101m", "people-99999999999999999999", "people-18446744073709552k"}) {
    EXPECT_FALSE(parse_people_name(name)) << name;
  }
}

TEST(Profile, UnknownName_IsRefusedWithWhatIsKnown) {
  EXPECT_EQ(*parse_profile("unicode"), Profile::kUnicode);
  const auto profile = parse_profile("filthy");
  ASSERT_FALSE(profile);
  EXPECT_THAT(profile.error().message, HasSubstr("clean, dirty, unicode, households"));
}

TEST(ListCached, WholeAndDamaged_AreToldApart) {
  const Folder cache;
  const auto whole = make({.name = "people-500", .seed = 1, .cache = cache.path()});
  const auto damaged = make({.name = "people-500", .seed = 2, .cache = cache.path()});
  ASSERT_TRUE(whole && damaged);
  std::filesystem::resize_file(*damaged / "left.col", 64);
  std::filesystem::copy(*whole, cache.path() / "people-500-dirty-3-g1.tmp.1");  // in the making
  const auto found = list_cached(cache.path());
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].manifest->seed, 1u);
  EXPECT_FALSE(found[1].manifest);
  EXPECT_THAT(found[1].problem, HasSubstr("left.col"));
  EXPECT_TRUE(list_cached(cache.path() / "absent").empty());
}

}  // namespace
}  // namespace assay::datasets
