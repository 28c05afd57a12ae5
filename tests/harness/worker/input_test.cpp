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
  EXPECT_EQ(*altered, "value");
  EXPECT_THAT(page.values(), ElementsAre(11, 20, 31));
  ASSERT_TRUE(restore_input(*page.dataset()));
  EXPECT_THAT(page.values(), ElementsAre(10, 20, 30));
}

TEST(AlterInput, Doubles_MoveAsValues) {
  const PageOf<double> page(ASSAY_TYPE_FLOAT64, {0.5, 1.5, -2.5});
  ASSERT_TRUE(alter_input(*page.dataset()));
  EXPECT_THAT(page.values(), ElementsAre(1.5, 1.5, -1.5));
}

TEST(AlterInput, NoColumnThatFits_SaysSo) {
  const PageOf<std::int64_t> page(ASSAY_TYPE_INT64, {1, 2, 3});
  const auto altered = alter_input(*page.dataset());
  ASSERT_FALSE(altered);
  EXPECT_EQ(altered.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(altered.error().message, HasSubstr("table 'left' has no date32, float64 or int32 column"));
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
