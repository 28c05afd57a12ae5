// Which variants a folder offers, what is refused, and errors that offer near names; where the project's folders are.
#include "harness/cli/catalog.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "harness/cli/home.hpp"
#include "tests/harness/core/temporary_folder.hpp"

namespace assay::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::TemporaryFolder;

Catalog some_catalog() {
  Catalog catalog;
  for (const char* id : {"strings.copied", "strings.interned", "score.scalar"}) {
    catalog.variants[id].info.id = id;
  }
  return catalog;
}

std::string error_of(const Catalog& catalog, const std::string& id) {
  const auto found = catalog.find(id);
  if (found) return "no error";
  EXPECT_EQ(found.error().kind, ErrorKind::kUsage);
  return found.error().message;
}

// Sets an environment variable as long as it lives; null removes it.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    value != nullptr ? ::setenv(name, value, 1) : ::unsetenv(name);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() { before_ ? ::setenv(name_, before_->c_str(), 1) : ::unsetenv(name_); }

 private:
  const char* name_;
  std::optional<std::string> before_;
};

TEST(CatalogFind, KnownId_IsItsEntry) {
  EXPECT_EQ(some_catalog().find("score.scalar")->info.id, "score.scalar");
}

TEST(CatalogFind, UnknownMemberOfAFamily_OffersThatFamily) {
  EXPECT_THAT(error_of(some_catalog(), "strings.interend"),
              AllOf(HasSubstr("'strings.interend'"), HasSubstr("strings.copied, strings.interned"),
                    Not(HasSubstr("score.scalar")), HasSubstr("assay list")));
}

TEST(CatalogFind, UnknownFamily_OffersEveryVariant) {
  EXPECT_THAT(error_of(some_catalog(), "string.interned"),
              AllOf(HasSubstr("score.scalar"), HasSubstr("strings.copied")));
}

TEST(ReadCatalog, ModuleThatIsNoModule_IsRefusedAndTheOthersWork) {
  const TemporaryFolder folder;
  std::filesystem::copy_file(ASSAY_TEMPLATE_PLUGIN, folder / "good.so");
  folder.write("bad.so", "not a module");
  folder.write("notes.txt", "ignored");
  const auto catalog = read_catalog(folder.path());
  ASSERT_TRUE(catalog) << catalog.error().message;
  EXPECT_EQ(catalog->variants.size(), 1U);
  EXPECT_TRUE(catalog->variants.contains("template.birthdate"));
  ASSERT_EQ(catalog->refused.size(), 1U);
  EXPECT_THAT(catalog->refused[0], HasSubstr("bad.so"));
  EXPECT_EQ(catalog->refused[0].find('\n'), std::string::npos);
}

TEST(ReadCatalog, OneIdInTwoModules_NamesBoth) {
  const TemporaryFolder folder;
  std::filesystem::copy_file(ASSAY_TEMPLATE_PLUGIN, folder / "first.so");
  std::filesystem::copy_file(ASSAY_TEMPLATE_PLUGIN, folder / "second.so");
  const auto catalog = read_catalog(folder.path());
  ASSERT_FALSE(catalog);
  EXPECT_THAT(catalog.error().message,
              AllOf(HasSubstr("'template.birthdate'"), HasSubstr("first.so"), HasSubstr("second.so")));
}

TEST(ReadCatalog, MissingOrEmptyFolder_SaysWhatToDo) {
  const TemporaryFolder folder;
  const auto missing = read_catalog(folder / "absent");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(missing.error().message, AllOf(HasSubstr("absent"), HasSubstr("No such file"), HasSubstr("--plugins")));
  const auto empty = read_catalog(folder.path());
  ASSERT_FALSE(empty);
  EXPECT_THAT(empty.error().message, AllOf(HasSubstr(folder.path().string()), HasSubstr("no module")));
}

TEST(FindHome, FolderGivenByVariable_IsTaken) {
  const TemporaryFolder state;
  const Variable home("ASSAY_HOME", ASSAY_SOURCE_DIR);
  const Variable where("ASSAY_STATE", state.path().c_str());
  const auto found = find_home();
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(found->root, ASSAY_SOURCE_DIR);
  EXPECT_EQ(found->dataset_cache(), state / "datasets");
  EXPECT_EQ(found->runs(), state / "runs");
}

TEST(FindHome, WithoutStateVariable_StateIsBelowTheRoot) {
  const Variable home("ASSAY_HOME", ASSAY_SOURCE_DIR);
  const Variable where("ASSAY_STATE", nullptr);
  EXPECT_EQ(find_home().value().state, std::filesystem::path(ASSAY_SOURCE_DIR) / ".assay");
}

TEST(FindHome, VariableWithAnotherFolder_IsAnErrorThatNamesBoth) {
  const TemporaryFolder folder;
  const Variable home("ASSAY_HOME", folder.path().c_str());
  const auto found = find_home();
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(found.error().message, AllOf(HasSubstr("ASSAY_HOME"), HasSubstr(folder.path().string())));
}

}  // namespace
}  // namespace assay::cli
