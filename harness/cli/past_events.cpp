#include "harness/cli/past_events.hpp"

#include <algorithm>
#include <set>

#include "harness/plan/schedule.hpp"

namespace assay::cli {
namespace {

std::uint64_t number_of(const Json& event) {
  return event["n"].get<std::uint64_t>();
}

void cut_behind(std::vector<Json>& events, std::uint64_t number) {
  while (!events.empty() && number_of(events.back()) > number) events.pop_back();
}

// Which workers are alive after an event.
void follow(const Json& event, const std::string& name, std::set<std::string>& alive) {
  if (name == "case_started") alive.clear();
  if (name == "worker_started") alive.insert(event.value("arm", ""));
  if (name == "worker_finished" || name == "worker_failed") alive.erase(event.value("arm", ""));
}

bool is_safe(const Json& event, const std::string& name, bool any_alive) {
  if (name == "sample") return plan::completes_pairs(event.value("position", 0U));
  if (name == "worker_failed") return event.value("fault", "") != "cancelled";
  if (name == "worker_finished") return !any_alive;
  static const std::set<std::string> kAlways{"case_started", "compared", "case_finished", "run_finished"};
  return kAlways.contains(name);
}

}  // namespace

Result<PastEvents> past_events(std::vector<Json> journal) {
  PastEvents past;
  if (journal.empty() || journal.front()["event"] != "run_started") {
    return fail(ErrorKind::kUsage, "the journal does not begin with run_started: nothing of the run is known");
  }
  past.header = std::move(journal.front());
  for (std::size_t i = 1; i < journal.size(); ++i) {
    Json& event = journal[i];
    if (event["event"] == "run_resumed") {
      ASSAY_TRY(const auto after, member<std::uint64_t>(event, "run_resumed", "after"));
      cut_behind(past.events, after);
    } else if (event["event"] == "reference_answered") {
      ASSAY_TRY(const auto question, member<std::string>(event, "reference_answered", "question"));
      past.answers.insert_or_assign(question, std::move(event));
    } else if (!event.contains("replacement")) {
      past.events.push_back(std::move(event));
    }
  }
  return past;
}

std::uint64_t last_safe_event(const PastEvents& past) {
  std::uint64_t safe = 0;
  std::set<std::string> alive;
  for (const Json& event : past.events) {
    const std::string name = event["event"];
    follow(event, name, alive);
    if (is_safe(event, name, !alive.empty())) safe = number_of(event);
  }
  return safe;
}

PastEvents up_to(PastEvents past, std::uint64_t number) {
  cut_behind(past.events, number);
  return past;
}

}  // namespace assay::cli
