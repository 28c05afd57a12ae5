// The variant that all stubs start from: it fulfils stub.table. Each stub derives from it and breaks one thing.
#pragma once

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "plugins/sdk/plugin.hpp"

namespace assay::stub {

using sdk::DatasetView;
using sdk::Failure;
using sdk::Host;
using sdk::Params;

// SplitMix64's step (Steele, Lea, Flood 2014), chained: rounds steps cost rounds times as much.
[[nodiscard]] inline std::uint64_t mix(std::uint64_t value, std::uint64_t rounds) {
  for (std::uint64_t round = 0; round < rounds; ++round) {
    value += 0x9e3779b97f4a7c15ULL;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
    value ^= value >> 27;
  }
  return value;
}

class Stub {
 public:
  Stub(Host host, const Params& params)
      : host_(host), rounds_(std::strtoull(std::string(params.get("rounds", "1")).c_str(), nullptr, 10)) {}

  void prepare(const DatasetView& dataset) {
    const sdk::TableView left = dataset.table("left");
    input_ids_ = left.values<std::int64_t>("id").values;
    input_dates_ = left.dates("birthdate").values;
  }

  void run() { mix_rows(rounds_); }

  const assay_table* collect() {
    pointers_ = {&columns_[0], &columns_[1], &columns_[2]};
    columns_[0] = {sizeof(assay_column), ASSAY_TYPE_INT64, "id", nullptr, nullptr, ids_.data()};
    columns_[1] = {sizeof(assay_column), ASSAY_TYPE_UINT64, "mixed", nullptr, nullptr, mixed_.data()};
    columns_[2] = {sizeof(assay_column), ASSAY_TYPE_UTF8, "label", nullptr, offsets_.data(), labels_.data()};
    table_ = {sizeof(assay_table), 3, "mixed", ids_.size(), pointers_.data()};
    return &table_;
  }

  void reset() noexcept { clear(); }

 protected:
  // Fills ids_, mixed_ and labels_ with the right answer for rounds.
  void mix_rows(std::uint64_t rounds) {
    clear();
    for (std::size_t row = 0; row < input_ids_.size(); ++row) {
      if (row % 64 == 0) host_.throw_if_cancelled();
      ids_.push_back(input_ids_[row]);
      mixed_.push_back(mix(static_cast<std::uint32_t>(input_dates_[row]), rounds));
      labels_ += std::to_string(mixed_.back() % 1000);
      offsets_.push_back(static_cast<std::int32_t>(labels_.size()));
    }
    host_.count(ASSAY_COUNTER_CANDIDATES, input_ids_.size());
  }

  void clear() noexcept {
    ids_.clear();
    mixed_.clear();
    labels_.clear();
    offsets_.resize(1);
  }

  Host host_;
  std::uint64_t rounds_;
  std::span<const std::int64_t> input_ids_;
  std::span<const std::int32_t> input_dates_;
  std::vector<std::int64_t> ids_;
  std::vector<std::uint64_t> mixed_;
  std::string labels_;
  std::vector<std::int32_t> offsets_{0};
  std::array<assay_column, 3> columns_{};
  std::array<const assay_column*, 3> pointers_{};
  assay_table table_{};
};

}  // namespace assay::stub

#define ASSAY_STUB(Class, summary) ASSAY_PLUGIN(Class, summary, ASSAY_LIST("stub.table"), ASSAY_LIST())

// For stubs whose fault lies in the table: a callable on assay_plugin& changes it once, before anyone sees it.
#define ASSAY_STUB_TABLE(...)                                                                                  \
  extern "C" ASSAY_EXPORT const assay_plugin* assay_plugin_v1(void) {                                          \
    static const char* const workloads[] = ASSAY_LIST("stub.table");                                           \
    static const char* const needs[] = ASSAY_LIST();                                                           \
    static const assay_variant variant{                                                                        \
        sizeof(assay_variant), 0, ASSAY_VARIANT_ID, "a table of its own", workloads, needs, ASSAY_BUILD_TEXT}; \
    using Adapter = ::assay::sdk::Adapter<::assay::stub::Stub>;                                                \
    static assay_plugin plugin{sizeof(assay_plugin),                                                           \
                               ASSAY_ABI_MAJOR,                                                                \
                               ASSAY_ABI_MINOR,                                                                \
                               1,                                                                              \
                               [](std::uint32_t) -> const assay_variant* { return &variant; },                 \
                               &::assay::sdk::probe<::assay::stub::Stub>,                                      \
                               &Adapter::init,                                                                 \
                               &Adapter::prepare,                                                              \
                               &Adapter::run,                                                                  \
                               &Adapter::collect,                                                              \
                               &Adapter::reset,                                                                \
                               &Adapter::teardown,                                                             \
                               nullptr};                                                                       \
    static const bool edited = ((__VA_ARGS__)(plugin), true);                                                  \
    static_cast<void>(edited);                                                                                 \
    return &plugin;                                                                                            \
  }

// Faults on purpose must reach the kernel, not a sanitizer.
#define ASSAY_UNSANITIZED __attribute__((no_sanitize("address"), no_sanitize("undefined")))
