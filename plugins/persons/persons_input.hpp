// The tables of workload persons.match as the engine sees them, and its parameters as the engine's options.
#pragma once

#include <charconv>
#include <string>

#include "matcher/engine/match_options.hpp"
#include "matcher/model/persons_view.hpp"
#include "plugins/sdk/plugin.hpp"

namespace assay::persons {

[[nodiscard]] inline matcher::TextColumn to_column(const sdk::TextView& text) {
  return {.offsets = text.offsets.data(), .data = text.data, .validity = text.validity};
}

// The view borrows the columns of the table. Throws Failure if one is missing.
[[nodiscard]] inline matcher::PersonsView to_persons(const sdk::TableView& table) {
  const auto birthdates = table.dates("birthdate");
  return {.row_count = table.row_count(),
          .id = table.values<std::int64_t>("id").values.data(),
          .uuid = to_column(table.text("uuid")),
          .first_name = to_column(table.text("first_name")),
          .middle_name = to_column(table.text("middle_name")),
          .last_name = to_column(table.text("last_name")),
          .hh_id = to_column(table.text("hh_id")),
          .birthdate = {.days = birthdates.values.data(), .validity = birthdates.validity}};
}

// Throws Failure for another workload or a value that is no algorithm or percentage.
[[nodiscard]] inline matcher::MatchOptions to_options(sdk::Host host, const sdk::Params& params) {
  if (params.workload() != "persons.match") {
    throw sdk::Failure(ASSAY_E_UNSUPPORTED, "serves workload 'persons.match' only");
  }
  const std::string_view name = params.get("algorithm", "A3");
  const auto algorithm = matcher::parse_algorithm(name);
  if (!algorithm || *algorithm > matcher::Algorithm::kA4) {
    throw sdk::Failure(ASSAY_E_INVALID, "parameter 'algorithm' is '" + std::string(name) + "'; use A1, A2, A3 or A4");
  }
  const std::string_view text = params.get("threshold", "95");
  double threshold = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), threshold);
  if (error != std::errc() || stop != text.data() + text.size() || !(threshold >= 0 && threshold <= 100)) {
    throw sdk::Failure(ASSAY_E_INVALID, "parameter 'threshold' is '" + std::string(text) + "'; use 0 to 100 (percent)");
  }
  return {
      .algorithm = *algorithm, .threshold_percent = threshold, .threads = host.thread_budget(), .is_cancelled = [host] {
        return host.is_cancelled();
      }};
}

// Calls work and turns the engine's way to say that it was cancelled into the plugin's.
template <class Work>
void stopping_on_request(const Work& work) {
  try {
    work();
  } catch (const matcher::Cancelled&) {
    throw sdk::Failure(ASSAY_E_CANCELLED, "cancelled");
  }
}

}  // namespace assay::persons
