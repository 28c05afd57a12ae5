// The history file: what goes in comes out, adding twice is nothing, failures leave the file as it was.
#include "harness/history/store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <thread>

#include "harness/core/files.hpp"
#include "harness/history/database.hpp"
#include "tests/harness/core/file_size_limit.hpp"
#include "tests/harness/core/temporary_folder.hpp"
#include "tests/harness/history/made_entry.hpp"

namespace assay::history {
namespace {

using ::testing::HasSubstr;
using testing::made_entry;

class Store : public ::testing::Test {
 protected:
  AddReport added(const std::vector<Entry>& entries) {
    const auto report = add(file_, entries);
    EXPECT_TRUE(report) << report.error().message;
    return report.value_or(AddReport{});
  }
  std::vector<Entry> all(const Query& query = {}) {
    const auto entries = read(file_, query);
    EXPECT_TRUE(entries) << entries.error().message;
    return entries.value_or(std::vector<Entry>());
  }
  void run_sql(const char* sql) {
    Database database = Database::open(file_, Database::Access::kReadWrite).value();
    const Status done = database.execute(sql);
    ASSERT_TRUE(done) << done.error().message;
  }
  std::string bytes() { return read_file(file_).value(); }

  testing::TemporaryFolder folder_;
  std::filesystem::path file_ = folder_ / "state/history.sqlite";
};

TEST_F(Store, WhatGoesIn_ComesOut) {
  Entry bare = made_entry(1);
  bare.revision.reset();
  bare.dirty.reset();
  bare.outcome = "crashed";
  bare.metrics.clear();
  bare.pair_log_ratios.clear();
  added({made_entry(0), bare});
  const std::vector<Entry> entries = all({.pair_log_ratios = true});
  ASSERT_EQ(entries.size(), 2U);
  const Entry expected = made_entry(0);
  const Entry& entry = entries[0];
  EXPECT_EQ(entry.digest, expected.digest);
  EXPECT_EQ(entry.run, expected.run);
  EXPECT_EQ(entry.created_utc, expected.created_utc);
  EXPECT_EQ(entry.revision, expected.revision);
  EXPECT_EQ(entry.dirty, expected.dirty);
  EXPECT_EQ(entry.machine_class, expected.machine_class);
  EXPECT_EQ(entry.case_id, expected.case_id);
  EXPECT_EQ(entry.outcome, "ok");
  EXPECT_EQ(entry.pair_log_ratios, expected.pair_log_ratios);
  ASSERT_EQ(entry.metrics.size(), 2U);
  const Metric& time = entry.metrics[0];
  EXPECT_EQ(time.name + time.unit + time.kind + time.verdict, "time/totalnsstatisticalIMPROVED");
  EXPECT_THAT(
      (std::vector{time.baseline, time.candidate, time.ratio, time.low, time.high, time.confidence, time.margin}),
      ::testing::ElementsAre(1e6, 9e5, 0.9, 0.9 - 0.01, 0.9 + 0.01, 0.95, 0.02));
  EXPECT_FALSE(entry.metrics[1].margin);
  EXPECT_FALSE(entries[1].revision);
  EXPECT_FALSE(entries[1].dirty);
  EXPECT_TRUE(entries[1].metrics.empty());
  EXPECT_TRUE(entries[1].pair_log_ratios.empty());
}

TEST_F(Store, AddingTwice_IsNothing) {
  EXPECT_EQ(added({made_entry(0), made_entry(1)}).added, 2U);
  const std::string before = bytes();
  const AddReport again = added({made_entry(0), made_entry(1)});
  EXPECT_EQ(again.added, 0U);
  EXPECT_EQ(again.known, 2U);
  EXPECT_EQ(bytes(), before);
  EXPECT_EQ(added({made_entry(2), made_entry(2)}).added, 1U);
  EXPECT_EQ(all().size(), 3U);
}

TEST_F(Store, Entries_ComeByTimeWhateverTheirOrder) {
  added({made_entry(30), made_entry(2)});
  added({made_entry(11)});
  const auto entries = all();
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[0].run, "run-2");
  EXPECT_EQ(entries[1].run, "run-11");
  EXPECT_EQ(entries[2].run, "run-30");
}

TEST_F(Store, Metric_SelectsComparisonsAndTheRecordsThatHaveThem) {
  Entry bare = made_entry(1);
  bare.metrics.clear();
  added({made_entry(0), bare});
  const auto entries = all({.metric = "memory/allocations"});
  ASSERT_EQ(entries.size(), 1U);
  ASSERT_EQ(entries[0].metrics.size(), 1U);
  EXPECT_EQ(entries[0].metrics[0].name, "memory/allocations");
  EXPECT_TRUE(entries[0].pair_log_ratios.empty());
  EXPECT_TRUE(all({.metric = "' OR 1"}).empty());
}

TEST_F(Store, Records_CannotBeChangedOrTakenOut) {
  added({made_entry(0)});
  Database database = Database::open(file_, Database::Access::kReadWrite).value();
  for (const char* sql : {"UPDATE record SET outcome = 'failed'", "DELETE FROM record", "DELETE FROM comparison",
                          "UPDATE comparison SET ratio = 1"}) {
    const Status changed = database.execute(sql);
    ASSERT_FALSE(changed) << sql;
    EXPECT_THAT(changed.error().message, HasSubstr("immutable"));
  }
}

TEST_F(Store, OneFile_NothingBesideIt) {
  added({made_entry(0)});
  static_cast<void>(all());
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& file : std::filesystem::directory_iterator(file_.parent_path())) ++files;
  EXPECT_EQ(files, 1U);
}

TEST_F(Store, NoHistoryYet_SaysHowToMakeOneAndMakesNone) {
  const auto entries = read(file_);
  ASSERT_FALSE(entries);
  EXPECT_EQ(entries.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(entries.error().message, HasSubstr("assay history add"));
  EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(Store, LaterVersion_IsRefusedAndLeftAlone) {
  added({made_entry(0)});
  run_sql("PRAGMA user_version = 2");
  const std::string before = bytes();
  for (const std::string& message : {read(file_).error().message, add(file_, {}).error().message}) {
    EXPECT_THAT(message, HasSubstr("has version 2 and this assay reads version 1"));
  }
  EXPECT_EQ(bytes(), before);
}

TEST_F(Store, OtherFiles_AreRefusedAndLeftAlone) {
  const auto text = folder_.write("notes.txt", std::string(2000, 'x'));
  EXPECT_THAT(read(text).error().message, HasSubstr("is no history of assay"));
  EXPECT_THAT(add(text, {}).error().message, HasSubstr("is no history of assay"));
  EXPECT_EQ(read_file(text).value(), std::string(2000, 'x'));
  ASSERT_TRUE(make_folder(file_.parent_path()));
  run_sql("CREATE TABLE songs (title TEXT)");
  EXPECT_THAT(read(file_).error().message, HasSubstr("some other SQLite file"));
  EXPECT_THAT(add(file_, {}).error().message, HasSubstr("some other SQLite file"));
}

TEST_F(Store, FullDisk_LeavesTheHistoryAsItWas) {
  added({made_entry(0)});
  const std::string before = bytes();
  std::vector<Entry> many;
  for (int i = 1; i < 2000; ++i) many.push_back(made_entry(i));
  {
    const testing::FileSizeLimit limit(before.size() + 20'000);
    const auto failed = add(file_, many);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().kind, ErrorKind::kInternal);
    EXPECT_THAT(failed.error().message, HasSubstr(file_.string()));
  }
  EXPECT_EQ(all().size(), 1U);
  EXPECT_EQ(added(many).added, 1999U);
}

TEST_F(Store, ProcessThatDiedInTheMiddle_AddedNothing) {
  added({made_entry(0)});
  {
    Database database = Database::open(file_, Database::Access::kReadWrite).value();
    Transaction transaction = Transaction::begin(database).value();
    ASSERT_TRUE(
        database.execute("INSERT INTO record SELECT 'x', run, created_utc, git_revision, git_dirty, "
                         "machine_class, case_id, outcome, pair_log_ratios FROM record"));
  }  // without commit
  EXPECT_EQ(all().size(), 1U);
  EXPECT_EQ(all()[0].metrics.size(), 2U);
}

TEST_F(Store, TwoAtOnce_BothAreAdded) {
  added({made_entry(0)});
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this, i] {
      for (int k = 0; k < 10; ++k) ASSERT_TRUE(add(file_, std::vector{made_entry(1 + 10 * i + k)}));
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(all().size(), 41U);
}

TEST_F(Store, FolderThatIsAFile_IsNamed) {
  folder_.write("state", "");
  EXPECT_THAT(add(file_, {}).error().message, HasSubstr("state"));
}

}  // namespace
}  // namespace assay::history
