// What of a journal counts after resumptions, and where new workers may take over.
#include "harness/cli/past_events.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::cli {
namespace {

// Numbers the events as a journal does.
std::vector<Json> journal(std::vector<Json> events) {
  events.insert(events.begin(), Json{{"event", "run_started"}});
  for (std::size_t i = 0; i < events.size(); ++i) events[i]["n"] = i;
  return events;
}

Json event(const char* name) {
  return {{"event", name}};
}
Json of_arm(const char* name, const char* arm) {
  return {{"event", name}, {"arm", arm}};
}
Json sample(int position) {
  return {{"event", "sample"}, {"arm", "baseline"}, {"position", position}};
}
Json failed(const char* fault) {
  return {{"event", "worker_failed"}, {"arm", "candidate"}, {"fault", fault}};
}

std::vector<int> numbers(const PastEvents& past) {
  std::vector<int> found;
  for (const Json& entry : past.events) found.push_back(entry["n"]);
  return found;
}

std::uint64_t safe_number(std::vector<Json> events) {
  return last_safe_event(past_events(journal(std::move(events))).value());
}

TEST(PastEvents, WithoutResumption_AreAllBehindTheHeader) {
  const auto past = past_events(journal({event("case_started"), sample(0), sample(1)}));
  ASSERT_TRUE(past);
  EXPECT_EQ(past->header["event"], "run_started");
  EXPECT_THAT(numbers(*past), testing::ElementsAre(1, 2, 3));
}

TEST(PastEvents, BetweenTheSafeEventAndTheResumption_CountNoMore) {
  Json resumed{{"event", "run_resumed"}, {"after", 2}};
  const auto past = past_events(journal({event("case_started"), sample(2), sample(3), sample(4), resumed, sample(3)}));
  ASSERT_TRUE(past);
  EXPECT_THAT(numbers(*past), testing::ElementsAre(1, 2, 6));
}

TEST(PastEvents, SecondResumption_CutsWhatTheFirstHadAdded) {
  const Json first{{"event", "run_resumed"}, {"after", 2}};
  const Json second{{"event", "run_resumed"}, {"after", 5}};
  const auto past = past_events(journal(
      {event("case_started"), sample(2), sample(3), first, sample(5), sample(0), second, sample(0), sample(1)}));
  ASSERT_TRUE(past);
  EXPECT_THAT(numbers(*past), testing::ElementsAre(1, 2, 5, 8, 9));
}

TEST(PastEvents, WarmUpsOfReplacements_CountNot) {
  Json warm_up = of_arm("warm_up", "baseline");
  warm_up["replacement"] = true;
  const auto past = past_events(journal({event("case_started"), event("workers_replaced"), warm_up, sample(0)}));
  ASSERT_TRUE(past);
  EXPECT_THAT(numbers(*past), testing::ElementsAre(1, 2, 4));
}

TEST(PastEvents, ReferencesAnswer_IsKeptAlthoughItsPlaceIsCut) {
  const Json answer{{"event", "reference_answered"}, {"question", "q"}, {"reason", "none"}};
  const Json resumed{{"event", "run_resumed"}, {"after", 1}};
  const auto past = past_events(journal({event("case_started"), answer, resumed}));
  ASSERT_TRUE(past);
  EXPECT_THAT(numbers(*past), testing::ElementsAre(1));
  EXPECT_EQ(past->answers.at("q")["reason"], "none");
}

TEST(PastEvents, JournalWithoutItsFirstLine_IsAnError) {
  EXPECT_FALSE(past_events({event("sample")}));
  EXPECT_FALSE(past_events({}));
}

TEST(LastSafeEvent, InsideAHalfOfABlock_IsTheEndOfTheHalfBefore) {
  const Json started = of_arm("worker_started", "baseline");
  EXPECT_EQ(safe_number({event("case_started"), started, sample(0), sample(1), sample(2)}), 5U);
  EXPECT_EQ(safe_number({event("case_started"), started, sample(0), sample(1), sample(2), sample(3), sample(4)}), 5U);
  EXPECT_EQ(safe_number({event("case_started"), started, sample(0), sample(1)}), 1U);
}

TEST(LastSafeEvent, InTeardown_IsBeforeItUntilTheLastWorkerEnded) {
  const Json baseline = of_arm("worker_started", "baseline");
  const Json control = of_arm("worker_started", "control");
  const Json ended = of_arm("worker_finished", "baseline");
  const Json last_ended = of_arm("worker_finished", "control");
  EXPECT_EQ(safe_number({event("case_started"), baseline, control, sample(5), ended}), 4U);
  EXPECT_EQ(safe_number({event("case_started"), baseline, control, sample(5), ended, last_ended}), 6U);
}

TEST(LastSafeEvent, FailureOfAWorker_IsAFactButACancelledOneIsNot) {
  const Json started = of_arm("worker_started", "candidate");
  EXPECT_EQ(safe_number({event("case_started"), started, failed("signal")}), 3U);
  EXPECT_EQ(safe_number({event("case_started"), started, failed("cancelled"), event("case_cancelled"),
                         event("run_interrupted")}),
            1U);
}

TEST(LastSafeEvent, WithoutAnyEvent_IsTheHeader) {
  EXPECT_EQ(safe_number({}), 0U);
}

}  // namespace
}  // namespace assay::cli
