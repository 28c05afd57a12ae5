// Is this machine fit for measuring: each fact as ok, warn or bad, with what to do about it.
#pragma once

#include <string>
#include <vector>

#include "harness/measure/machine_facts.hpp"

namespace assay::measure {

enum class Fitness {
  kOk,
  kWarn,  // costs precision, or a feature is missing; verdicts stay right
  kBad,   // expect INCONCLUSIVE or contaminated runs
};
[[nodiscard]] const char* to_string(Fitness fitness);  // "ok", "warn", "bad"

struct Finding {
  Fitness fitness = Fitness::kOk;
  std::string subject;
  std::string found;
  std::string advice;  // empty: nothing to do
};

// What is tried out beside the facts.
struct Trials {
  ClockFacts clock;
  std::optional<double> steal_share;
  bool hardware_counters = false;
};

// threads: that a variant may use. The thresholds stand beside each check in fitness.cpp with their reasons. Pure.
[[nodiscard]] std::vector<Finding> judge_machine(const MachineFacts& facts, const Trials& trials, unsigned threads);

}  // namespace assay::measure
