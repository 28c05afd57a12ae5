// The row of commits between two ends, and the worktree that follows it.
#include "harness/bisect/repository.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/core/files.hpp"
#include "tests/harness/bisect/git_folder.hpp"

namespace assay::bisect {
namespace {

using ::testing::HasSubstr;

class RepositoryTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSAY_SKIP_WITHOUT_GIT();
    for (const char* content : {"0", "1", "2", "3"}) ASSERT_TRUE(git_.commit(content));
  }
  Repository repository() const {
    auto opened = Repository::open(git_.path(), scratch_.path(), interrupted_);
    EXPECT_TRUE(opened) << opened.error().message;
    return *opened;
  }
  std::vector<std::string> subjects(const std::string& good, const std::string& bad) const {
    std::vector<std::string> subjects;
    const std::vector<Commit> commits = repository().commits(good, bad).value();
    for (const Commit& commit : commits) subjects.push_back(commit.subject);
    return subjects;
  }

  testing::GitFolder git_;
  testing::TemporaryFolder scratch_;
  std::atomic<bool> interrupted_{false};
};

TEST_F(RepositoryTest, Commits_ComeOldestFirstWithBothEnds) {
  EXPECT_THAT(subjects("HEAD~2", "HEAD"), ::testing::ElementsAre("change 1", "change 2", "change 3"));
  EXPECT_EQ(repository().commits("HEAD~1", "HEAD")->front().revision.size(), 40U);
}

TEST_F(RepositoryTest, MergedBranch_CountsAsItsMerge) {
  ASSERT_TRUE(
      git_.run("git checkout -q -b side HEAD~1 && git commit -q --allow-empty -m side && git checkout -q trunk && "
               "git merge -q --no-ff -m merged side"));
  EXPECT_THAT(subjects("HEAD~1", "HEAD"), ::testing::ElementsAre("change 3", "merged"));
}

TEST_F(RepositoryTest, EndsThatDoNotFit_AreNamed) {
  EXPECT_THAT(repository().commits("nowhere", "HEAD").error().message, HasSubstr("no commit 'nowhere'"));
  EXPECT_THAT(repository().commits("--all", "HEAD").error().message, HasSubstr("no commit '--all'"));
  EXPECT_THAT(repository().commits("HEAD", "HEAD").error().message, HasSubstr("the same commit"));
  EXPECT_THAT(repository().commits("HEAD", "HEAD~2").error().message, HasSubstr("is no ancestor"));
}

TEST_F(RepositoryTest, FolderWithoutRepository_IsNamed) {
  const auto opened = Repository::open(scratch_.path(), scratch_.path(), interrupted_);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(opened.error().message, HasSubstr(scratch_.path().string()));
}

TEST_F(RepositoryTest, Worktree_FollowsAndKeepsUntrackedFiles) {
  const std::filesystem::path tree = scratch_ / "tree";
  const auto commits = repository().commits("HEAD~3", "HEAD").value();
  ASSERT_TRUE(repository().check_out(tree, commits[1].revision));
  EXPECT_EQ(read_file(tree / "number").value(), "1\n");
  ASSERT_TRUE(write_file_atomically(tree / "built", "x"));
  ASSERT_TRUE(write_file_atomically(tree / "number", "changed by the build"));
  ASSERT_TRUE(repository().check_out(tree, commits[3].revision));
  EXPECT_EQ(read_file(tree / "number").value(), "3\n");
  EXPECT_TRUE(std::filesystem::exists(tree / "built"));
  EXPECT_EQ(read_file(git_.path() / "number").value(), "3\n");
  EXPECT_TRUE(git_.run("git symbolic-ref HEAD"));  // the user's own branch is still checked out
}

TEST_F(RepositoryTest, RemovedWorktree_IsForgottenByGit) {
  const std::filesystem::path tree = scratch_ / "tree";
  ASSERT_TRUE(repository().check_out(tree, "HEAD"));
  EXPECT_TRUE(git_.run("test $(git worktree list | wc -l) = 2"));
  ASSERT_TRUE(repository().remove_tree(tree));
  EXPECT_TRUE(git_.run("test $(git worktree list | wc -l) = 1"));
  EXPECT_FALSE(std::filesystem::exists(tree));
  std::filesystem::create_directories(tree / "left by somebody who died");
  ASSERT_TRUE(repository().check_out(tree, "HEAD~1"));
  EXPECT_EQ(read_file(tree / "number").value(), "2\n");
}

}  // namespace
}  // namespace assay::bisect
