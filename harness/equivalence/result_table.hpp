// A result in one flat buffer, so that a worker process can hand it to its host; read back without a copy.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "harness/core/files.hpp"
#include "harness/core/result.hpp"
#include "harness/equivalence/table_view.hpp"

namespace assay::equivalence {

// The buffer, in the byte order of the machine (results never leave it): a header, one entry per column, then the
// validity, offsets and data of each column in turn, each section at a multiple of 64 bytes. Text offsets are rebased
// to start at 0. Columns carry no names: the contract has them.
class ResultTable {
 public:
  // Reads a buffer that must stay alive and unchanged as long as the table. Trusts nothing in it: every position, size
  // and offset is checked. Errors: kPlugin, saying what is wrong; also if `bytes` does not start at a multiple of 8.
  [[nodiscard]] static Result<ResultTable> from_bytes(std::span<const std::byte> bytes, const ResultContract& contract);

  // Maps what write_result wrote to `descriptor`, which may be closed afterwards. The writer must be done for good: it
  // shares the pages. Errors: as from_bytes; kUsage if it cannot be mapped.
  [[nodiscard]] static Result<ResultTable> map(int descriptor, const ResultContract& contract);

  // A copy of a checked view. Errors: kPlugin if the copy does not fit into memory.
  [[nodiscard]] static Result<ResultTable> copy(const TableView& view, const ResultContract& contract);

  [[nodiscard]] const TableView& view() const { return view_; }
  [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }

 private:
  std::unique_ptr<std::byte[]> owned_;  // empty if mapped or borrowed
  MappedFile mapped_;
  std::span<const std::byte> bytes_;
  TableView view_;
};

// view_result + ResultTable::copy.
[[nodiscard]] Result<ResultTable> copy_result(const assay_table& table, const ResultContract& contract);

// Writes the same buffer to a file descriptor, without holding a copy, and returns its length in bytes.
// Errors: kInternal if the descriptor does not take it (disk full, closed pipe).
[[nodiscard]] Result<std::uint64_t> write_result(int descriptor, const TableView& view);

}  // namespace assay::equivalence
