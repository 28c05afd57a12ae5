#include "harness/equivalence/result_table.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <new>
#include <vector>

namespace assay::equivalence {
namespace {

constexpr std::array<char, 8> kMagic = {'A', 'S', 'S', 'A', 'Y', 'R', 'T', '1'};
constexpr std::uint64_t kAlignment = 64;

struct Header {
  std::array<char, 8> magic = kMagic;
  std::uint64_t total_bytes = 0;
  std::uint64_t row_count = 0;
  std::uint64_t column_count = 0;
};

struct Section {
  std::uint64_t at = 0;
  std::uint64_t bytes = 0;  // 0: absent
};

struct Entry {
  std::int64_t type = 0;
  Section validity;
  Section offsets;
  Section data;
};

constexpr std::uint64_t rounded_up(std::uint64_t bytes) {
  return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

constexpr std::uint64_t validity_bytes(std::uint64_t row_count) {
  return (row_count + 7) / 8;
}

constexpr std::uint64_t offsets_bytes(std::uint64_t row_count, assay_type type) {
  return (row_count + 1) * value_bytes(type);
}

struct Plan {
  Header header;
  std::vector<Entry> entries;
};

Plan plan_buffer(const TableView& view) {
  Plan plan;
  plan.header.row_count = view.row_count;
  plan.header.column_count = view.columns.size();
  std::uint64_t end = rounded_up(sizeof(Header) + view.columns.size() * sizeof(Entry));
  const auto place = [&end](std::uint64_t bytes) {
    const Section section{end, bytes};
    end += rounded_up(bytes);
    return section;
  };
  for (const ColumnView& column : view.columns) {
    Entry entry{column.type, {}, {}, {}};
    if (view.row_count > 0) {
      if (column.validity != nullptr) entry.validity = place(validity_bytes(view.row_count));
      if (is_text(column.type)) entry.offsets = place(offsets_bytes(view.row_count, column.type));
      entry.data = place(is_text(column.type) ? column.offset(view.row_count) - column.offset(0)
                                              : view.row_count * value_bytes(column.type));
    }
    plan.entries.push_back(entry);
  }
  plan.header.total_bytes = end;
  return plan;
}

// Offsets leave in blocks, so that rebasing needs no second copy of them.
template <class Offset, class Sink>
void send_offsets(const ColumnView& column, std::uint64_t row_count, Sink& sink) {
  const auto* offsets = static_cast<const Offset*>(column.offsets);
  std::array<Offset, 4096> block;
  for (std::uint64_t row = 0; row <= row_count; row += block.size()) {
    const std::size_t count = std::min<std::uint64_t>(block.size(), row_count + 1 - row);
    for (std::size_t i = 0; i < count; ++i) block[i] = offsets[row + i] - offsets[0];
    sink.send(block.data(), count * sizeof(Offset));
  }
}

// Sends the buffer in order. Sink: send(const void*, bytes) and fill(bytes).
template <class Sink>
void send_buffer(const TableView& view, const Plan& plan, Sink& sink) {
  const auto pad = [&sink](std::uint64_t bytes) { sink.fill(rounded_up(bytes) - bytes); };
  const std::uint64_t entries_bytes = plan.entries.size() * sizeof(Entry);
  sink.send(&plan.header, sizeof(Header));
  sink.send(plan.entries.data(), entries_bytes);
  pad(sizeof(Header) + entries_bytes);
  for (std::size_t i = 0; i < plan.entries.size(); ++i) {
    const ColumnView& column = view.columns[i];
    const Entry& entry = plan.entries[i];
    sink.send(column.validity, entry.validity.bytes);
    pad(entry.validity.bytes);
    if (entry.offsets.bytes > 0) {
      column.type == ASSAY_TYPE_UTF8 ? send_offsets<std::int32_t>(column, view.row_count, sink)
                                     : send_offsets<std::int64_t>(column, view.row_count, sink);
      pad(entry.offsets.bytes);
    }
    if (entry.data.bytes == 0) continue;
    const std::uint64_t skipped = is_text(column.type) ? column.offset(0) : 0;
    sink.send(static_cast<const std::byte*>(column.data) + skipped, entry.data.bytes);
    pad(entry.data.bytes);
  }
}

struct MemorySink {
  std::byte* next;

  void send(const void* source, std::uint64_t bytes) {
    if (bytes > 0) std::memcpy(next, source, bytes);
    next += bytes;
  }
  void fill(std::uint64_t bytes) {
    std::memset(next, 0, bytes);
    next += bytes;
  }
};

// Remembers the first failure and then swallows the rest. Small pieces are gathered, large ones go straight out.
class DescriptorSink {
 public:
  explicit DescriptorSink(int descriptor) : descriptor_(descriptor) {}

  void send(const void* source, std::uint64_t bytes) {
    if (pending_.size() + bytes > kGathered) flush();
    const auto* begin = static_cast<const std::byte*>(source);
    if (bytes > kGathered) {
      write_all(begin, bytes);
    } else {
      pending_.insert(pending_.end(), begin, begin + bytes);
    }
  }
  void fill(std::uint64_t bytes) {
    const std::array<std::byte, kAlignment> zeros{};
    send(zeros.data(), bytes);
  }
  // 0, or the errno of the first failure.
  [[nodiscard]] int finish() {
    flush();
    return error_;
  }

 private:
  static constexpr std::size_t kGathered = 1 << 16;

  void flush() {
    write_all(pending_.data(), pending_.size());
    pending_.clear();
  }
  void write_all(const std::byte* source, std::uint64_t bytes) {
    while (bytes > 0 && error_ == 0) {
      const ssize_t written = ::write(descriptor_, source, bytes);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) {
        error_ = errno;
        return;
      }
      source += written;
      bytes -= static_cast<std::uint64_t>(written);
    }
  }

  int descriptor_;
  int error_ = 0;
  std::vector<std::byte> pending_;
};

// A section lies inside the buffer, is aligned, and has exactly the length its column needs.
bool fits(const Section& section, std::uint64_t needed, std::uint64_t total) {
  return section.bytes == needed && section.at % kAlignment == 0 && section.at <= total &&
         section.bytes <= total - section.at;
}

Result<ColumnView> read_column(std::span<const std::byte> bytes, const Entry& entry, std::uint64_t row_count,
                               const ColumnContract& contract) {
  if (entry.type != contract.type) {
    return fail(ErrorKind::kPlugin, "stored result column '{}': the contract says type {}, the buffer says {}",
                contract.name, contract.type, entry.type);
  }
  ColumnView column{contract.type, nullptr, nullptr, nullptr};
  if (row_count == 0) return column;
  const bool text = is_text(column.type);
  const bool has_nulls = entry.validity.bytes > 0;
  const bool sound = (!has_nulls || fits(entry.validity, validity_bytes(row_count), bytes.size())) &&
                     (!text || fits(entry.offsets, offsets_bytes(row_count, column.type), bytes.size())) &&
                     fits(entry.data, text ? entry.data.bytes : row_count * value_bytes(column.type), bytes.size());
  if (!sound) {
    return fail(ErrorKind::kPlugin, "stored result column '{}': a section lies outside the {} bytes of the buffer",
                contract.name, bytes.size());
  }
  if (has_nulls) column.validity = reinterpret_cast<const std::uint8_t*>(bytes.data() + entry.validity.at);
  if (text) column.offsets = bytes.data() + entry.offsets.at;
  column.data = bytes.data() + entry.data.at;
  ASSAY_CHECK(check_column_view(column, row_count, contract.name));
  if (text && column.offset(row_count) > entry.data.bytes) {
    return fail(ErrorKind::kPlugin, "stored result column '{}': the last offset {} lies beyond its {} bytes of text",
                contract.name, column.offset(row_count), entry.data.bytes);
  }
  return column;
}

Result<TableView> read_buffer(std::span<const std::byte> bytes, const ResultContract& contract) {
  if (reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(Header) != 0) {
    return fail(ErrorKind::kPlugin, "stored result: the buffer is not aligned to {} bytes", alignof(Header));
  }
  Header header;
  if (bytes.size() < sizeof header) {
    return fail(ErrorKind::kPlugin, "stored result: {} bytes are too few for a header", bytes.size());
  }
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.magic != kMagic || header.total_bytes != bytes.size()) {
    return fail(ErrorKind::kPlugin, "stored result: no valid header, or cut off at {} bytes", bytes.size());
  }
  const std::uint64_t entries_bytes = contract.columns.size() * sizeof(Entry);
  if (header.column_count != contract.columns.size() || bytes.size() - sizeof header < entries_bytes) {
    return fail(ErrorKind::kPlugin, "stored result: {} columns, but the contract says {}", header.column_count,
                contract.columns.size());
  }
  // Every row takes at least a byte per column, so no product below can overflow.
  if (header.row_count > bytes.size()) {
    return fail(ErrorKind::kPlugin, "stored result: {} rows cannot lie in {} bytes", header.row_count, bytes.size());
  }
  std::vector<Entry> entries(contract.columns.size());
  std::memcpy(entries.data(), bytes.data() + sizeof header, entries_bytes);
  TableView view{header.row_count, {}};
  for (std::size_t i = 0; i < entries.size(); ++i) {
    ASSAY_TRY(const ColumnView column, read_column(bytes, entries[i], header.row_count, contract.columns[i]));
    view.columns.push_back(column);
  }
  return view;
}

}  // namespace

Result<ResultTable> ResultTable::from_bytes(std::span<const std::byte> bytes, const ResultContract& contract) {
  ResultTable table;
  ASSAY_TRY(table.view_, read_buffer(bytes, contract));
  table.bytes_ = bytes;
  return table;
}

Result<ResultTable> ResultTable::map(int descriptor, const ResultContract& contract) {
  ASSAY_TRY(MappedFile mapped, MappedFile::open(fmt::format("/proc/self/fd/{}", descriptor)));
  ASSAY_TRY(ResultTable table, from_bytes(mapped.bytes(), contract));
  table.mapped_ = std::move(mapped);
  return table;
}

Result<ResultTable> ResultTable::copy(const TableView& view, const ResultContract& contract) {
  const Plan plan = plan_buffer(view);
  std::unique_ptr<std::byte[]> buffer(new (std::nothrow) std::byte[plan.header.total_bytes]);
  if (!buffer) {
    return fail(ErrorKind::kPlugin, "result table: no memory for a copy of {} rows in {} bytes", view.row_count,
                plan.header.total_bytes);
  }
  MemorySink sink{buffer.get()};
  send_buffer(view, plan, sink);
  ASSAY_TRY(ResultTable table, from_bytes({buffer.get(), plan.header.total_bytes}, contract));
  table.owned_ = std::move(buffer);
  return table;
}

Result<ResultTable> copy_result(const assay_table& table, const ResultContract& contract) {
  ASSAY_TRY(const TableView view, view_result(table, contract));
  return ResultTable::copy(view, contract);
}

Result<std::uint64_t> write_result(int descriptor, const TableView& view) {
  const Plan plan = plan_buffer(view);
  DescriptorSink sink(descriptor);
  send_buffer(view, plan, sink);
  if (const int error = sink.finish(); error != 0) {
    return fail(ErrorKind::kInternal, "cannot write a result of {} bytes: {}; free space or memory",
                plan.header.total_bytes, std::strerror(error));
  }
  return plan.header.total_bytes;
}

}  // namespace assay::equivalence
