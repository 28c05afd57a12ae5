// A folder that goes with its owner, whatever lies in it, and says why it could not be made.
#include "harness/core/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>
#include <utility>

#include "harness/core/files.hpp"

namespace assay {
namespace {

namespace fs = std::filesystem;

TEST(TemporaryFolder, WithAFileInIt_IsRemovedWithItsOwner) {
  fs::path path;
  {
    auto made = TemporaryFolder::make("test");
    ASSERT_TRUE(made) << made.error().message;
    const TemporaryFolder owner(std::move(*made));
    path = owner.path();
    EXPECT_THAT(path.filename().string(), testing::StartsWith("assay-test-"));
    ASSERT_TRUE(make_folder(path / "inner"));
    ASSERT_TRUE(write_file_atomically(path / "inner/file", "text"));
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(TemporaryFolder, Two_AreDifferent) {
  const auto first = TemporaryFolder::make("test");
  const auto second = TemporaryFolder::make("test");
  ASSERT_TRUE(first && second);
  EXPECT_NE(first->path(), second->path());
}

TEST(TemporaryFolder, PlaceThatIsNotThere_IsAnErrorThatSaysWhere) {
  const char* const before = std::getenv("TMPDIR");
  const std::optional<std::string> kept = before == nullptr ? std::nullopt : std::optional<std::string>(before);
  ::setenv("TMPDIR", "/nowhere/at/all", 1);
  const auto made = TemporaryFolder::make("test");
  kept ? ::setenv("TMPDIR", kept->c_str(), 1) : ::unsetenv("TMPDIR");
  ASSERT_FALSE(made);
  EXPECT_THAT(made.error().message, testing::HasSubstr("TMPDIR"));
}

}  // namespace
}  // namespace assay
