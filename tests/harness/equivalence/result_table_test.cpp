// Results survive the way through a flat buffer, and damaged buffers are refused.
#include "harness/equivalence/result_table.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>

#include "harness/equivalence/compare.hpp"
#include "harness/equivalence/digest.hpp"
#include "tests/harness/equivalence/matches.hpp"

namespace assay::equivalence {
namespace {

bool same(const TableView& left, const TableView& right) {
  return compare_results(left, right, match_contract()).value().equal() &&
         digest_result(left, match_contract()) == digest_result(right, match_contract());
}

// A buffer that starts at a multiple of 8, whatever its length.
struct Buffer {
  explicit Buffer(std::span<const std::byte> bytes) : words(bytes.size() / 8 + 1), size(bytes.size()) {
    std::memcpy(words.data(), bytes.data(), bytes.size());
  }
  std::span<std::byte> bytes() { return {reinterpret_cast<std::byte*>(words.data()), size}; }
  std::vector<std::uint64_t> words;
  std::size_t size;
};

TEST(ResultTable, Copy_EqualsTheOriginalAndOutlivesIt) {
  const std::vector<Match> rows = some_matches(1000);
  auto original = std::make_unique<MatchTable>(rows);
  const auto copy = copy_result(original->table, match_contract());
  ASSERT_TRUE(copy) << copy.error().message;
  original.reset();
  const MatchTable again(rows);
  EXPECT_TRUE(same(copy->view(), again.view()));
}

TEST(ResultTable, MovedTable_KeepsItsRows) {
  const MatchTable original(some_matches(100));
  auto copy = copy_result(original.table, match_contract());
  ASSERT_TRUE(copy);
  const ResultTable moved = std::move(*copy);
  EXPECT_TRUE(same(moved.view(), original.view()));
}

TEST(ResultTable, EveryRowCountAroundAByte_SurvivesTheRoundTrip) {
  for (std::size_t rows = 0; rows < 20; ++rows) {
    const MatchTable original(some_matches(rows));
    const auto copy = copy_result(original.table, match_contract());
    ASSERT_TRUE(copy) << copy.error().message;
    EXPECT_EQ(copy->view().row_count, rows);
    EXPECT_TRUE(same(copy->view(), original.view())) << rows;
  }
}

TEST(ResultTable, SliceOfALongerText_IsRebased) {
  // rows 5 to 19 of 20: offsets start above 0, as Arrow slices do; more rows than one block of offsets besides
  for (const std::size_t rows : {20U, 9000U}) {
    std::vector<Match> matches = some_matches(rows);
    for (Match& match : matches) match.note = match.note.value_or("x");
    MatchTable original(matches);
    original.table.row_count = rows - 8;
    original.columns[0].data = original.left.data() + 8;
    original.columns[1].data = original.right.data() + 8;
    original.columns[2].validity = original.rule_validity.data() + 1;
    original.columns[2].data = original.rule.data() + 8;
    original.columns[3].data = original.distance.data() + 8;
    original.columns[4].validity = original.score_validity.data() + 1;
    original.columns[4].data = original.score.data() + 8;
    original.columns[5].validity = nullptr;
    original.columns[5].offsets = original.note_offsets.data() + 8;
    original.columns[6].data = original.day.data() + 8;
    const auto copy = copy_result(original.table, match_contract());
    ASSERT_TRUE(copy) << copy.error().message;
    EXPECT_EQ(copy->view().columns[5].offset(0), 0U);
    EXPECT_TRUE(same(copy->view(), original.view()));
    const MatchTable expected({matches.begin() + 8, matches.end()});
    EXPECT_TRUE(same(copy->view(), expected.view()));
  }
}

TEST(ResultTable, LargeText_SurvivesTheRoundTrip) {
  const std::string text = "onetwo";
  const std::int64_t offsets[] = {0, 3, 6};
  const assay_column column{sizeof(assay_column), ASSAY_TYPE_LARGE_UTF8, "word", nullptr, offsets, text.data()};
  const assay_column* pointer = &column;
  const assay_table table{sizeof(assay_table), 1, "words", 2, &pointer};
  ResultContract contract;
  contract.columns = {{"word", ASSAY_TYPE_LARGE_UTF8}};
  const auto copy = copy_result(table, contract);
  ASSERT_TRUE(copy) << copy.error().message;
  EXPECT_EQ(copy->view().columns[0].text(0), "one");
  EXPECT_EQ(copy->view().columns[0].text(1), "two");
}

TEST(ResultTable, WrittenToADescriptor_IsMappedBack) {
  const MatchTable original(some_matches(30000));  // more than what small writes gather
  const int file = ::memfd_create("result", MFD_CLOEXEC);
  ASSERT_GE(file, 0);
  const auto written = write_result(file, original.view());
  ASSERT_TRUE(written) << written.error().message;
  const auto table = ResultTable::map(file, match_contract());
  ::close(file);
  ASSERT_TRUE(table) << table.error().message;
  EXPECT_EQ(table->bytes().size(), *written);
  EXPECT_TRUE(same(table->view(), original.view()));
  const auto copy = copy_result(original.table, match_contract());
  ASSERT_EQ(copy->bytes().size(), table->bytes().size());
  EXPECT_EQ(std::memcmp(copy->bytes().data(), table->bytes().data(), *written), 0);  // one format, two writers
}

TEST(WriteResult, DescriptorThatTakesNothing_SaysWhy) {
  const MatchTable original(some_matches(10));
  const int file = ::memfd_create("result", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  ASSERT_GE(file, 0);
  ASSERT_EQ(::fcntl(file, F_ADD_SEALS, F_SEAL_GROW), 0);
  const auto written = write_result(file, original.view());
  ::close(file);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::kInternal);
  EXPECT_THAT(written.error().message, testing::HasSubstr("Operation not permitted"));
}

TEST(FromBytes, BufferCutOffAnywhere_IsRefused) {
  const MatchTable original(some_matches(5));
  const auto copy = copy_result(original.table, match_contract());
  ASSERT_TRUE(copy);
  for (std::size_t length = 0; length < copy->bytes().size(); ++length) {
    const auto table = ResultTable::from_bytes(copy->bytes().first(length), match_contract());
    ASSERT_FALSE(table) << length;
    EXPECT_EQ(table.error().kind, ErrorKind::kPlugin);
  }
}

TEST(FromBytes, AnyByteOfTheDirectoryChanged_IsRefusedOrStaysInside) {
  const MatchTable original(some_matches(5));
  const auto copy = copy_result(original.table, match_contract());
  ASSERT_TRUE(copy);
  constexpr std::size_t kDirectory = 32 + kMatchColumns * 56;
  int refused = 0;
  for (std::size_t at = 0; at < kDirectory; ++at) {
    for (const unsigned change : {0x01U, 0x80U, 0xffU}) {
      Buffer damaged(copy->bytes());
      damaged.bytes()[at] ^= static_cast<std::byte>(change);
      const auto table = ResultTable::from_bytes(damaged.bytes(), match_contract());
      if (!table) ++refused;
      // what is accepted is read whole: the sanitizers see a step outside
      if (table) (void)digest_result(table->view(), match_contract());
    }
  }
  EXPECT_GT(refused, static_cast<int>(kDirectory));
}

TEST(FromBytes, TextOffsetBeyondTheText_IsRefused) {
  const MatchTable original(some_matches(5));
  const auto copy = copy_result(original.table, match_contract());
  ASSERT_TRUE(copy);
  Buffer damaged(copy->bytes());
  const auto* offsets = static_cast<const std::byte*>(copy->view().columns[5].offsets);
  const std::int32_t beyond = 1 << 20;
  std::memcpy(damaged.bytes().data() + (offsets - copy->bytes().data()) + 5 * sizeof beyond, &beyond, sizeof beyond);
  const auto table = ResultTable::from_bytes(damaged.bytes(), match_contract());
  ASSERT_FALSE(table);
  EXPECT_THAT(table.error().message, testing::HasSubstr("'note'"));
}

TEST(FromBytes, SectionBeyondTheEnd_IsRefused) {  // cut off, and the total made to agree
  const MatchTable original(some_matches(5));
  const auto copy = copy_result(original.table, match_contract());
  ASSERT_TRUE(copy);
  const std::uint64_t shorter = copy->bytes().size() - 64;
  Buffer damaged(copy->bytes().first(shorter));
  std::memcpy(damaged.bytes().data() + 8, &shorter, sizeof shorter);
  const auto table = ResultTable::from_bytes(damaged.bytes(), match_contract());
  ASSERT_FALSE(table);
  EXPECT_THAT(table.error().message, testing::AllOf(testing::HasSubstr("'day'"), testing::HasSubstr("outside")));
}

TEST(FromBytes, OtherContract_IsRefused) {
  const MatchTable original(some_matches(5));
  const auto copy = copy_result(original.table, match_contract());
  ASSERT_TRUE(copy);
  ResultContract contract = match_contract();
  contract.columns[4].type = ASSAY_TYPE_UINT64;
  EXPECT_FALSE(ResultTable::from_bytes(copy->bytes(), contract));
  contract = match_contract();
  contract.columns.pop_back();
  EXPECT_FALSE(ResultTable::from_bytes(copy->bytes(), contract));
}

TEST(FromBytes, MisalignedBuffer_IsRefused) {
  const MatchTable original(some_matches(5));
  const auto copy = copy_result(original.table, match_contract());
  std::vector<std::uint64_t> words(copy->bytes().size() / 8 + 2);
  auto* shifted = reinterpret_cast<std::byte*>(words.data()) + 4;
  std::memcpy(shifted, copy->bytes().data(), copy->bytes().size());
  const auto table = ResultTable::from_bytes({shifted, copy->bytes().size()}, match_contract());
  ASSERT_FALSE(table);
  EXPECT_THAT(table.error().message, testing::HasSubstr("the buffer is not aligned"));
}

}  // namespace
}  // namespace assay::equivalence
