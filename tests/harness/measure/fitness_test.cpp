// Which fact is ok, which a warning and which bad; and that nothing is complained about without saying what to do.
#include "harness/measure/fitness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::measure {
namespace {

using testing::HasSubstr;

// A quiet machine with all that can be wished for.
MachineFacts good_facts() {
  MachineFacts facts;
  facts.allowed_cpus = {0, 1, 2, 3};
  facts.governor = "performance";
  facts.turbo = false;
  facts.simultaneous_threads = false;
  facts.address_randomization = 2;
  facts.load_average = 0.1;
  facts.cpu_pressure = facts.memory_pressure = facts.io_pressure = 0;
  facts.swap_used_bytes = 0;
  facts.transparent_huge_pages = "madvise";
  facts.perf_event_paranoid = 1;
  facts.clock_source = "tsc";
  return facts;
}

Trials good_trials() {
  return {{20, 25}, 0.0, true};
}

Finding finding(const MachineFacts& facts, const Trials& trials, const std::string& subject, unsigned threads = 1) {
  for (const Finding& one : judge_machine(facts, trials, threads)) {
    if (one.subject == subject) return one;
  }
  ADD_FAILURE() << "no finding about " << subject;
  return {};
}

TEST(JudgeMachine, QuietMachine_IsOkInEverything) {
  for (const Finding& one : judge_machine(good_facts(), good_trials(), 1)) {
    EXPECT_EQ(one.fitness, Fitness::kOk) << one.subject << ": " << one.found;
    EXPECT_EQ(one.advice, "") << one.subject;
    EXPECT_NE(one.found, "") << one.subject;
  }
}

TEST(JudgeMachine, KernelThatSaysNothing_IsNoReasonToComplain) {
  MachineFacts facts;
  facts.allowed_cpus = {0, 1};
  for (const Finding& one : judge_machine(facts, {{20, 25}, std::nullopt, true}, 1)) {
    EXPECT_EQ(one.fitness, Fitness::kOk) << one.subject << ": " << one.found;
  }
}

struct Complaint {
  const char* subject;
  Fitness fitness;
  void (*spoil)(MachineFacts&, Trials&);
};

class JudgeMachineComplaint : public ::testing::TestWithParam<Complaint> {};

TEST_P(JudgeMachineComplaint, SpoiledFact_HasItsFitnessAndAdvice_AndNoOtherChanges) {
  MachineFacts facts = good_facts();
  Trials trials = good_trials();
  GetParam().spoil(facts, trials);
  for (const Finding& one : judge_machine(facts, trials, 1)) {
    const bool spoiled = one.subject == GetParam().subject;
    EXPECT_EQ(one.fitness, spoiled ? GetParam().fitness : Fitness::kOk) << one.subject << ": " << one.found;
    EXPECT_EQ(one.advice.empty(), one.fitness == Fitness::kOk) << one.subject;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Facts, JudgeMachineComplaint,
    testing::Values(
        Complaint{"processors", Fitness::kWarn, [](MachineFacts& f, Trials&) { f.allowed_cpus = {0}; }},
        Complaint{"container limit", Fitness::kBad, [](MachineFacts& f, Trials&) { f.cpu_quota = 1.5; }},
        Complaint{"load", Fitness::kWarn, [](MachineFacts& f, Trials&) { f.load_average = 2.0; }},
        Complaint{"load", Fitness::kBad, [](MachineFacts& f, Trials&) { f.load_average = 3.5; }},
        Complaint{"cpu pressure", Fitness::kWarn, [](MachineFacts& f, Trials&) { f.cpu_pressure = 6; }},
        Complaint{"cpu pressure", Fitness::kBad, [](MachineFacts& f, Trials&) { f.cpu_pressure = 40; }},
        Complaint{"memory pressure", Fitness::kBad, [](MachineFacts& f, Trials&) { f.memory_pressure = 12; }},
        Complaint{"io pressure", Fitness::kWarn, [](MachineFacts& f, Trials&) { f.io_pressure = 12; }},
        Complaint{"steal", Fitness::kWarn, [](MachineFacts&, Trials& tried) { tried.steal_share = 0.02; }},
        Complaint{"steal", Fitness::kBad, [](MachineFacts&, Trials& tried) { tried.steal_share = 0.06; }},
        Complaint{"frequency governor", Fitness::kWarn, [](MachineFacts& f, Trials&) { f.governor = "powersave"; }},
        Complaint{"turbo", Fitness::kWarn, [](MachineFacts& f, Trials&) { f.turbo = true; }},
        Complaint{"SMT", Fitness::kWarn, [](MachineFacts& f, Trials&) { f.simultaneous_threads = true; }},
        Complaint{"address randomization", Fitness::kWarn,
                  [](MachineFacts& f, Trials&) { f.address_randomization = 0; }},
        Complaint{"swap", Fitness::kWarn, [](MachineFacts& f, Trials&) { f.swap_used_bytes = 1 << 20; }},
        Complaint{"huge pages", Fitness::kWarn, [](MachineFacts& f, Trials&) { f.transparent_huge_pages = "always"; }},
        Complaint{"clock", Fitness::kWarn, [](MachineFacts&, Trials& tried) { tried.clock.cost_ns = 1200; }},
        Complaint{"clock", Fitness::kBad, [](MachineFacts&, Trials& tried) { tried.clock.resolution_ns = 1e6; }},
        Complaint{"hardware counters", Fitness::kWarn,
                  [](MachineFacts&, Trials& tried) { tried.hardware_counters = false; }}));

TEST(JudgeMachine, ForbiddenCounters_NameTheSetting) {
  MachineFacts facts = good_facts();
  facts.perf_event_paranoid = 3;
  Trials trials = good_trials();
  trials.hardware_counters = false;
  EXPECT_THAT(finding(facts, trials, "hardware counters").advice, HasSubstr("perf_event_paranoid=2"));
}

TEST(JudgeMachine, MoreThreadsThanProcessors_IsAWarning) {
  EXPECT_EQ(finding(good_facts(), good_trials(), "processors", 3).fitness, Fitness::kOk);
  EXPECT_EQ(finding(good_facts(), good_trials(), "processors", 4).fitness, Fitness::kWarn);
}

TEST(JudgeMachine, QuotaOfAllProcessors_IsNoLimit) {
  MachineFacts facts = good_facts();
  facts.cpu_quota = 4;
  EXPECT_EQ(finding(facts, good_trials(), "container limit").fitness, Fitness::kOk);
}

}  // namespace
}  // namespace assay::measure
