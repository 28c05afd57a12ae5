// The workers that are alive together, with every command and reply in the transcript.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/cli/arms.hpp"
#include "harness/cli/transcript.hpp"
#include "harness/measure/machine_noise.hpp"
#include "harness/plan/schedule.hpp"

namespace assay::cli {

enum class SampleKind { kCold, kWarmUp, kTimed, kChallenge, kMemory };

// Names of the arms in records and journal: "baseline", "candidate", "control".
[[nodiscard]] const char* to_string(plan::Arm arm);

// Which sample it is; block and position only of a timed one.
struct SampleLabel {
  SampleKind kind = SampleKind::kTimed;
  std::uint32_t block = 0;
  std::uint32_t position = 0;
};

// Legal calls per arm: start sample* (finish | drop)?. While the transcript reads back, no process is started. If it
// ends while workers should be alive, the next call starts them all again and gives each what it was given before the
// first timed sample, so that the next one meets warm workers. A call that could not be written down or read back fails
// as cancelled, and the transcript says why.
class WorkerGroup {
 public:
  // setup and transcript must outlive the group.
  WorkerGroup(const CaseSetup& setup, Transcript& transcript, std::uint32_t launch, WorkerUse use)
      : setup_(&setup), transcript_(&transcript), launch_(launch), use_(use) {}

  [[nodiscard]] isolate::WorkerResult<void> start(plan::Arm arm, const CatalogEntry& variant);
  [[nodiscard]] isolate::WorkerResult<isolate::SampleReply> sample(plan::Arm arm, const isolate::Command& command,
                                                                   const SampleLabel& label);
  [[nodiscard]] isolate::WorkerResult<void> finish(plan::Arm arm);
  [[nodiscard]] bool holds(plan::Arm arm) const { return member(arm).has_value(); }
  void drop(plan::Arm arm) { member(arm).reset(); }

  // Compares the results that baseline and candidate kept last, row by row; see compare_in_full. what: "first",
  // "challenge".
  [[nodiscard]] std::string compare(const char* what, const ResultContract& contract, store::EquivalenceRecord& record);

  // After how many timed samples new processes took over, each time it happened.
  [[nodiscard]] const std::vector<store::Takeover>& takeovers() const { return takeovers_; }

 private:
  struct Member {
    // clang needs one: it does not see the default below before this class is complete.
    explicit Member(CatalogEntry of) : variant(std::move(of)) {}
    CatalogEntry variant;
    std::optional<isolate::WorkerHandle> worker;  // none: read back so far
    std::vector<isolate::Command> warm_ups;       // before the first timed sample
    std::uint32_t commands = 0;
  };
  [[nodiscard]] std::optional<Member>& member(plan::Arm arm) { return members_[static_cast<std::size_t>(arm)]; }
  [[nodiscard]] const std::optional<Member>& member(plan::Arm arm) const {
    return members_[static_cast<std::size_t>(arm)];
  }
  [[nodiscard]] Json key(plan::Arm arm) const;
  void read_takeovers();
  [[nodiscard]] isolate::WorkerResult<Json> read(plan::Arm arm, const char* event, const Json& key);
  [[nodiscard]] isolate::WorkerResult<isolate::SampleReply> know_or_take(plan::Arm arm, const isolate::Command& command,
                                                                         const char* event, const Json& key);
  [[nodiscard]] isolate::WorkerResult<isolate::SampleReply> take(plan::Arm arm, isolate::Command command,
                                                                 const char* event, const Json& key);
  [[nodiscard]] measure::MachineNoiseLaps& machine_noise();
  [[nodiscard]] isolate::WorkerResult<void> take_over();
  [[nodiscard]] isolate::WorkerResult<isolate::WorkerHandle> launch(plan::Arm arm, const CatalogEntry& variant) const;
  [[nodiscard]] tl::unexpected<isolate::WorkerFailure> failed(plan::Arm arm, const CatalogEntry& variant,
                                                              const isolate::WorkerFailure& failure);
  [[nodiscard]] isolate::WorkerFailure broken() const;
  [[nodiscard]] isolate::WorkerResult<void> write(const char* event, const Json& fields);

  const CaseSetup* setup_;
  Transcript* transcript_;
  std::uint32_t launch_;
  WorkerUse use_;
  std::array<std::optional<Member>, plan::kArms> members_;
  std::uint32_t samples_ = 0;  // timed
  std::vector<store::Takeover> takeovers_;
  std::optional<measure::MachineNoiseLaps> machine_noise_;  // none before the first live sample
};

}  // namespace assay::cli
