// Kernels come from memory, disk or the compiler, in this order, and damaged entries are compiled again.
#include "matcher/gpu/device/kernel_cache.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace matcher::gpu {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class KernelCacheTest : public ::testing::Test {
 protected:
  KernelCacheTest() : folder(fs::path(ASSAY_BINARY_DIR) / ("kernel-cache-test-" + std::to_string(::getpid()))) {
    fs::remove_all(folder);
  }
  ~KernelCacheTest() override { fs::remove_all(folder); }

  // "Compiles" to the text itself.
  [[nodiscard]] CompileKernel compiler() {
    return [this](const KernelSource& source) -> Result<CompiledKernel> {
      ++compilations;
      if (source.text == "wrong") return fail(ErrorKind::kBadInput, "error in {}", source.name);
      return CompiledKernel{"image of " + source.text, {{"kernel<1>", "_Z6kernel"}}};
    };
  }
  [[nodiscard]] KernelCache cache(std::size_t most = 8, std::uintmax_t most_bytes = 1 << 20, int version = 13000) {
    return {compiler(), version, most, KernelDiskCache(folder, most_bytes)};
  }
  [[nodiscard]] static KernelSource source(std::string text) {
    KernelSource made;
    made.name = "kernel.cu";
    made.text = std::move(text);
    return made;
  }
  [[nodiscard]] std::vector<fs::path> entries() const {
    std::vector<fs::path> found;
    for (const auto& file : fs::directory_iterator(folder)) found.push_back(file.path());
    return found;
  }

  fs::path folder;
  int compilations = 0;
};

TEST_F(KernelCacheTest, SecondTime_IsAHitInMemory) {
  KernelCache kernels = cache();
  const auto first = kernels.get(source("a")).value();
  EXPECT_EQ(kernels.get(source("a")).value(), first);
  EXPECT_EQ(first->image, "image of a");
  EXPECT_EQ(kernels.counters().memory_hits, 1u);
  EXPECT_EQ(compilations, 1);
  EXPECT_GT(kernels.counters().compile_time.count(), 0);
}

TEST_F(KernelCacheTest, NewProcess_IsAHitOnDisk) {
  const CompiledKernel first = *cache().get(source("a")).value();
  KernelCache later = cache();
  EXPECT_EQ(*later.get(source("a")).value(), first);
  EXPECT_EQ(later.counters().disk_hits, 1u);
  EXPECT_EQ(compilations, 1);
}

TEST_F(KernelCacheTest, AnythingThatShapesTheImage_IsCompiledAnew) {
  KernelCache kernels = cache(100);
  KernelSource changed = source("a");
  ASSERT_TRUE(kernels.get(changed));
  const auto counts_as_new = [&] {
    const int before = compilations;
    EXPECT_TRUE(kernels.get(changed));
    return compilations == before + 1;
  };
  changed.options = {"--fmad=false"};
  EXPECT_TRUE(counts_as_new());
  changed.options = {"--fmad=fals", "e"};
  EXPECT_TRUE(counts_as_new());
  changed.architecture = "sm_100";
  EXPECT_TRUE(counts_as_new());
  changed.expressions = {"kernel<2>"};
  EXPECT_TRUE(counts_as_new());
  changed.headers = {{"score.hpp", "1"}};
  EXPECT_TRUE(counts_as_new());
  changed.headers = {{"score.hpp", "2"}};
  EXPECT_TRUE(counts_as_new());
  changed.name = "another name";
  EXPECT_FALSE(counts_as_new());
  KernelCache newer = cache(8, 1 << 20, 13010);
  ASSERT_TRUE(newer.get(changed));
  EXPECT_EQ(newer.counters().disk_hits, 0u);
}

TEST_F(KernelCacheTest, FullMemory_ForgetsTheLeastRecentlyUsed) {
  KernelCache kernels(compiler(), 13000, 2, std::nullopt);
  for (const char* text : {"a", "b", "a", "c", "a"}) ASSERT_TRUE(kernels.get(source(text)));
  EXPECT_EQ(compilations, 3);
  ASSERT_TRUE(kernels.get(source("b")));
  EXPECT_EQ(compilations, 4);
  EXPECT_EQ(kernels.counters().memory_evictions, 2u);
}

TEST_F(KernelCacheTest, FullDisk_ForgetsTheLeastRecentlyUsed) {
  ASSERT_TRUE(cache().get(source("a")));
  const std::uintmax_t entry_bytes = fs::file_size(entries().front());
  const auto use = [&](const char* text) { EXPECT_TRUE(cache(8, 2 * entry_bytes).get(source(text))); };
  const auto age_all = [&] {
    for (const fs::path& entry : entries())
      fs::last_write_time(entry, fs::last_write_time(entry) - std::chrono::hours(1));
  };
  age_all();
  use("b");
  age_all();
  use("a");
  age_all();
  use("c");
  EXPECT_EQ(entries().size(), 2u);
  use("a");
  EXPECT_EQ(compilations, 3);
  use("b");
  EXPECT_EQ(compilations, 4);
}

TEST_F(KernelCacheTest, EntryDamagedAnywhere_IsCompiledAgain) {
  const std::string whole = [&] {
    EXPECT_TRUE(cache().get(source("a")));
    std::ifstream file(entries().front(), std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(file), {}};
  }();
  const fs::path path = entries().front();
  const auto is_noticed = [&](const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
    KernelCache later = cache();
    const auto kernel = later.get(source("a"));
    return kernel && (*kernel)->image == "image of a" && later.counters().disk.damaged == 1 &&
           later.counters().compilations == 1;
  };
  for (std::size_t i = 0; i < whole.size(); i += 3) {
    std::string changed = whole;
    changed[i] = static_cast<char>(changed[i] ^ 0x20);
    EXPECT_TRUE(is_noticed(changed)) << i;
    EXPECT_TRUE(is_noticed(whole.substr(0, i))) << i;
  }
  EXPECT_TRUE(is_noticed(whole + "x"));
}

TEST_F(KernelCacheTest, FolderThatCannotBeWritten_CostsOnlySpeed) {
  fs::create_directories(folder);
  std::ofstream(folder / "file") << "in the way";
  KernelCache kernels(compiler(), 13000, 8, KernelDiskCache(folder / "file" / "below", 1 << 20));
  ASSERT_TRUE(kernels.get(source("a")));
  EXPECT_EQ(kernels.counters().disk.failed_stores, 1u);
}

TEST_F(KernelCacheTest, FailedCompilation_IsAnErrorAndNotKept) {
  KernelCache kernels = cache();
  EXPECT_THAT(kernels.get(source("wrong")).error().message, HasSubstr("kernel.cu"));
  EXPECT_FALSE(kernels.get(source("wrong")));
  EXPECT_EQ(compilations, 2);
}

}  // namespace
}  // namespace matcher::gpu
