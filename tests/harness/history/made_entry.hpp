// Entries of an invented history.
#pragma once

#include "harness/history/entry.hpp"

namespace assay::testing {

// Entry `number` of a case on one machine: a new commit every hour, time/total with the ratio, and allocations.
inline history::Entry made_entry(int number, double ratio = 0.9,
                                 const std::string& case_id = "persons.match people-10k") {
  history::Entry entry;
  entry.digest = fmt::format("{:064x}", 0xFFFF - number);  // digests know no time
  entry.run = fmt::format("run-{}", number);
  entry.created_utc = fmt::format("2026-11-{:02}T{:02}:10:11Z", 1 + number / 24, number % 24);
  entry.revision = fmt::format("{:040x}", 0xABC000 + number);
  entry.dirty = false;
  entry.machine_class = "a processor, 2 cores, Linux 6.1 x86_64, glibc 2.36, compiler 12.2.0";
  entry.case_id = case_id;
  entry.outcome = "ok";
  entry.pair_log_ratios = {-0.1, -0.11 + 0.001 * number, 1e-300};
  history::Metric time{"time/total", "ns",         "statistical", 1e6,  1e6 * ratio, ratio,
                       ratio - 0.01, ratio + 0.01, 0.95,          0.02, "IMPROVED"};
  history::Metric allocations{"memory/allocations", "count", "exact", 1000, 400, 0.4, {}, {}, {}, {}, "FEWER"};
  entry.metrics = {time, allocations};
  return entry;
}

}  // namespace assay::testing
