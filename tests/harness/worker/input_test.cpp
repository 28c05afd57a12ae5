// The challenge: input altered in place and restored, and tables without rows.
#include "harness/worker/input.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <new>
#include <span>
#include <string>
#include <vector>

namespace assay::worker {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// One read-only page with a column of three values, as a mapped data set would hold it.
template <class T>
class PageOf {
 public:
  PageOf(assay_type type, std::array<T, 3> values) {
    const auto size = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    page_ = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page_ == MAP_FAILED) throw std::bad_alloc();
    std::memcpy(page_, values.data(), sizeof values);
    ::mprotect(page_, size, PROT_READ);
    column_ = {sizeof(assay_column), type, "value", nullptr, nullptr, page_};
  }
  PageOf(const PageOf&) = delete;
  PageOf& operator=(const PageOf&) = delete;
  ~PageOf() { ::munmap(page_, static_cast<std::size_t>(::sysconf(_SC_PAGESIZE))); }

  [[nodiscard]] const assay_dataset* dataset() const { return &dataset_; }
  [[nodiscard]] std::span<const T> values() const { return {static_cast<const T*>(page_), 3}; }

 private:
  void* page_;
  assay_column column_{};
  const assay_column* columns_[1] = {&column_};
  assay_table table_{sizeof(assay_table), 1, "left", 3, columns_};
  const assay_table* tables_[1] = {&table_};
  assay_dataset dataset_{sizeof(assay_dataset), 1, tables_};
};

TEST(AlterInput, Dates_EverySecondMovesByOneAndComesBack) {
  const PageOf<std::int32_t> page(ASSAY_TYPE_DATE32, {10, 20, 30});
  const auto altered = alter_input(*page.dataset());
  ASSERT_TRUE(altered) << altered.error().message;
  EXPECT_EQ(*altered, "left.value");
  EXPECT_THAT(page.values(), ElementsAre(11, 20, 31));
  ASSERT_TRUE(restore_input(*page.dataset()));
  EXPECT_THAT(page.values(), ElementsAre(10, 20, 30));
}

TEST(AlterInput, Doubles_MoveAsValues) {
  const PageOf<double> page(ASSAY_TYPE_FLOAT64, {0.5, 1.5, -2.5});
  ASSERT_TRUE(alter_input(*page.dataset()));
  EXPECT_THAT(page.values(), ElementsAre(1.5, 1.5, -1.5));
}

// Two tables of texts in pages of their own, as a mapped data set would hold them.
class TextPage {
 public:
  explicit TextPage(const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
      text_ += text;
      offsets_.push_back(static_cast<std::int32_t>(text_.size()));
    }
    const auto size = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    page_ = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page_ == MAP_FAILED) throw std::bad_alloc();
    std::memcpy(page_, text_.data(), text_.size());
    ::mprotect(page_, size, PROT_READ);
    column_ = {sizeof(assay_column), ASSAY_TYPE_UTF8, "name", nullptr, offsets_.data(), page_};
    table_.row_count = texts.size();
  }
  TextPage(const TextPage&) = delete;
  TextPage& operator=(const TextPage&) = delete;
  ~TextPage() { ::munmap(page_, static_cast<std::size_t>(::sysconf(_SC_PAGESIZE))); }

  [[nodiscard]] const assay_dataset* dataset() const { return &dataset_; }
  [[nodiscard]] std::vector<std::string> texts() const {
    std::vector<std::string> found;
    for (std::size_t row = 0; row + 1 < offsets_.size(); ++row) {
      const auto* const text = static_cast<const char*>(page_);
      found.emplace_back(text + offsets_[row], text + offsets_[row + 1]);
    }
    return found;
  }

 private:
  std::string text_;
  std::vector<std::int32_t> offsets_{0};
  void* page_ = nullptr;
  assay_column column_{};
  const assay_column* columns_[1] = {&column_};
  assay_table table_{sizeof(assay_table), 1, "right", 0, columns_};
  const assay_table* tables_[2] = {&table_, &table_};
  assay_dataset dataset_{sizeof(assay_dataset), 1, tables_};
};

TEST(AlterInput, Texts_EverySecondSwapsItsFirstTwoLettersAndComesBack) {
  const std::vector<std::string> original{"Anna", "Berta", "\u00c9va", "Zo\u00e9", "X", "",
                                          "",     "Ida",   "O'Hara",   "Kim",      "bo"};
  const TextPage page(original);
  const auto altered = alter_input(*page.dataset());
  ASSERT_TRUE(altered) << altered.error().message;
  EXPECT_EQ(*altered, "right.name");
  EXPECT_THAT(page.texts(),
              ElementsAre("nAna", "Berta", "\u00c9va", "Zo\u00e9", "X", "", "", "Ida", "O'Hara", "Kim", "ob"));
  ASSERT_TRUE(restore_input(*page.dataset()));
  EXPECT_EQ(page.texts(), original);
}

TEST(AlterInput, NoColumnThatFits_SaysSo) {
  const PageOf<std::int64_t> page(ASSAY_TYPE_INT64, {1, 2, 3});
  const auto altered = alter_input(*page.dataset());
  ASSERT_FALSE(altered);
  EXPECT_EQ(altered.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(altered.error().message,
              HasSubstr("table 'left' has no date32, float64 or int32 column and no table a text column"));
}

TEST(AlterInput, Afterwards_TheInputIsReadOnlyAgain) {
  const PageOf<std::int32_t> page(ASSAY_TYPE_DATE32, {10, 20, 30});
  ASSERT_TRUE(alter_input(*page.dataset()));
  auto* const first = const_cast<volatile std::int32_t*>(page.values().data());
  EXPECT_DEATH(*first = 0, "");
}

TEST(EmptyInput, HasTheTablesAndColumnsButNoRows) {
  const PageOf<std::int32_t> page(ASSAY_TYPE_DATE32, {10, 20, 30});
  const EmptyInput empty(*page.dataset());
  ASSERT_EQ(empty.view()->table_count, 1u);
  const assay_table& table = *empty.view()->tables[0];
  EXPECT_STREQ(table.name, "left");
  EXPECT_EQ(table.row_count, 0u);
  ASSERT_EQ(table.column_count, 1u);
  EXPECT_STREQ(table.columns[0]->name, "value");
}

}  // namespace
}  // namespace assay::worker
