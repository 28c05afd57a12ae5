// Modules are checked before anything in them is called, and read in a process that may die of them.
#include "harness/plugin_host/library.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>

#include "tests/stub_plugins/launch.hpp"

namespace assay::plugin_host {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Error refusal_of(const std::filesystem::path& module) {
  auto library = Library::open(module);
  return library ? Error{ErrorKind::kInternal, "was opened"} : library.error();
}

TEST(Library, CorrectModule_TellsItsVariants) {
  const auto library = Library::open(test::stub_module("correct"));
  ASSERT_TRUE(library) << library.error().message;
  ASSERT_EQ(library->variants().size(), 1u);
  const VariantInfo& info = library->variants()[0];
  EXPECT_EQ(info.id, "stub.correct");
  EXPECT_THAT(info.workloads, ElementsAre("stub.table"));
  EXPECT_THAT(info.needs, IsEmpty());
  EXPECT_THAT(info.build, HasSubstr("-march="));
  EXPECT_EQ(*library->why_unsupported(0), "");
}

TEST(Library, UnsupportedVariant_GivesThePluginsReason) {
  const auto library = Library::open(test::stub_module("unsupported"));
  ASSERT_TRUE(library) << library.error().message;
  EXPECT_EQ(*library->why_unsupported(0), "needs a machine of another kind");
}

TEST(Library, MissingFile_IsAUsageError) {
  const Error error = refusal_of("nowhere/some.so");
  EXPECT_EQ(error.kind, ErrorKind::kUsage);
  EXPECT_THAT(error.message, HasSubstr("'nowhere/some.so' does not exist"));
}

TEST(Library, FileThatIsNoModule_IsAUsageError) {
  const test::Folder folder;
  const std::filesystem::path file = folder.path() / "text.so";
  std::ofstream(file) << "not a module";
  const Error error = refusal_of(file);
  EXPECT_EQ(error.kind, ErrorKind::kUsage);
  EXPECT_THAT(error.message, HasSubstr("cannot be loaded"));
}

TEST(Library, ModuleWithoutTheSymbol_IsNoPlugin) {
  const Error error = refusal_of(test::stub_module("no_symbol"));
  EXPECT_EQ(error.kind, ErrorKind::kPlugin);
  EXPECT_THAT(error.message, HasSubstr("does not export assay_plugin_v1"));
}

TEST(Library, OtherMajor_NamesBoth) {
  const Error error = refusal_of(test::stub_module("old_abi"));
  EXPECT_EQ(error.kind, ErrorKind::kPlugin);
  EXPECT_THAT(error.message, HasSubstr("'stub.old_abi.so' was built for ABI 0.0, this host speaks 1.2"));
}

TEST(Library, MissingFunction_IsNamed) {
  EXPECT_THAT(refusal_of(test::stub_module("missing_function")).message, HasSubstr("function 'run' is missing"));
}

TEST(Library, IdUsedTwice_IsNamed) {
  EXPECT_THAT(refusal_of(test::stub_module("double_id")).message,
              HasSubstr("variant id 'stub.double_id' is used twice"));
}

TEST(Library, Closed_UnloadsTheModule) {
  const std::string name = test::stub_module("correct").filename().string();
  const auto is_mapped = [&] {
    std::ifstream maps("/proc/self/maps");
    const std::string text{std::istreambuf_iterator<char>(maps), {}};
    return text.find(name) != std::string::npos;
  };
  {
    const auto library = Library::open(test::stub_module("correct"));
    ASSERT_TRUE(library) << library.error().message;
    EXPECT_TRUE(is_mapped());
  }
  EXPECT_FALSE(is_mapped());
}

TEST(FindModules, FolderWithoutModules_SaysSo) {
  const test::Folder folder;
  const auto modules = find_modules(folder.path());
  ASSERT_FALSE(modules);
  EXPECT_THAT(modules.error().message, HasSubstr("holds no module"));
}

TEST(ReadModule, ConstructorThatCrashes_DoesNotTakeUsWithIt) {
  const auto entries = cli::read_module(test::stub_module("constructor_crash"));
  ASSERT_FALSE(entries);
  EXPECT_EQ(entries.error().kind, ErrorKind::kPlugin);
  EXPECT_THAT(entries.error().message, HasSubstr("crashed or hung while it was loaded"));
}

TEST(ReadModule, ConstructorThatHangs_IsBoundedByTheLoadersPatience) {
  const auto begin = std::chrono::steady_clock::now();
  const auto entries = cli::read_module(test::stub_module("constructor_hang"));
  ASSERT_FALSE(entries);
  EXPECT_THAT(entries.error().message, HasSubstr("crashed or hung while it was loaded"));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, seconds(12));
}

TEST(ReadCatalog, BadModules_AreRefusedWithTheirReasonAndDoNotStopTheGoodOnes) {
  const test::Folder folder;
  for (const char* stub : {"correct", "old_abi", "constructor_crash", "no_symbol"}) {
    const std::filesystem::path module = test::stub_module(stub);
    std::filesystem::create_symlink(module, folder.path() / module.filename());
  }
  const auto catalog = cli::read_catalog(folder.path());
  ASSERT_TRUE(catalog) << catalog.error().message;
  EXPECT_EQ(catalog->variants.size(), 1u);
  EXPECT_THAT(catalog->refused, ElementsAre(HasSubstr("stub.constructor_crash.so"), HasSubstr("stub.no_symbol.so"),
                                            HasSubstr("stub.old_abi.so")));
}

TEST(ReadCatalog, OneIdInTwoModules_NamesBoth) {
  const test::Folder folder;
  std::filesystem::create_symlink(test::stub_module("correct"), folder.path() / "a.so");
  std::filesystem::copy_file(test::stub_module("correct"), folder.path() / "b.so");
  const auto catalog = cli::read_catalog(folder.path());
  ASSERT_FALSE(catalog);
  EXPECT_THAT(catalog.error().message, HasSubstr("'stub.correct' is offered by 'a.so' and 'b.so'"));
}

}  // namespace
}  // namespace assay::plugin_host
