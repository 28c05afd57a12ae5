// A table sink whose rows are counted while somebody watches.
#pragma once

#include <cstdint>
#include <span>

#include "matcher/io/table_sink.hpp"
#include "matcher/parallel/stage_watch.hpp"

namespace matcher {

// Hands everything to another sink, which must outlive it; shows progress of the stage "write" and throws Cancelled
// when that is asked for.
class WatchedSink final : public TableSink {
 public:
  // rows: how many there will be; 0: not known.
  WatchedSink(TableSink& sink, std::uint64_t rows, const RunWatch& watch) : sink_(sink), stage_("write", rows, watch) {}

  [[nodiscard]] Status begin(std::span<const Column> columns) override { return sink_.begin(columns); }
  [[nodiscard]] Status write(std::span<const Cell> row) override {
    stage_.tick();
    return sink_.write(row);
  }
  [[nodiscard]] Status finish() override {
    stage_.look();
    return sink_.finish();
  }

 private:
  TableSink& sink_;
  StageWatch stage_;
};

}  // namespace matcher
