// All that a run learns from outside itself, as journal events: written down while it happens, or read back.
//
// Whoever drives a run asks for each fact in the same order every time. What the journal already holds is read back and
// nothing is started for it; from its end on the facts are made and written. So a resumed run takes the same decisions
// as one that was never cut off, and a replay, which only reads, ends with the same records.
#pragma once

#include <functional>
#include <optional>

#include "harness/cli/past_events.hpp"
#include "harness/store/journal.hpp"

namespace assay::cli {

class Transcript {
 public:
  // A run from its beginning: everything is made and written. The journal must outlive the transcript.
  explicit Transcript(store::Journal& journal) : journal_(&journal) {}
  // A run that goes on behind what is past; without a journal it is only read back.
  Transcript(PastEvents past, store::Journal* journal) : past_(std::move(past)), journal_(journal) {}

  // The event that will be read back next; nullptr behind the last.
  [[nodiscard]] const Json* next() const { return read_ < past_.events.size() ? &past_.events[read_] : nullptr; }
  [[nodiscard]] bool reads_back() const { return next() != nullptr; }
  // True if what lies behind the past can be made and written; else notes that the journal ends here.
  [[nodiscard]] bool goes_on();

  // Reads the next event back, which must have this name and these members. Errors: kResultsDiffer if it is another:
  // the journal comes from another version of assay.
  [[nodiscard]] Result<Json> read(const char* event, const Json& key);

  // Writes an event. Errors: kInterrupted without a journal ("the journal ends here"); kInternal (disk full).
  [[nodiscard]] Status write(const char* event, const Json& fields);

  // The event with key and what `make` adds to it: read back if there is one left, else made and written.
  [[nodiscard]] Result<Json> fact(const char* event, const Json& key, const std::function<Json()>& make);

  // The reference's answer to a question: known from anywhere in the past, or made and written. An error of `make` is
  // handed on and not written: the question stays open.
  [[nodiscard]] Result<Json> answer(const std::string& question, const std::function<Result<Json>()>& make);

  // Forces the journal to the disk.
  [[nodiscard]] Status sync();

  // How many events were made and written, and not read back.
  [[nodiscard]] std::size_t written() const { return written_; }

  // The first error of any call: a run that met one must not be believed.
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  [[nodiscard]] tl::unexpected<Error> note(tl::unexpected<Error> failed);

  PastEvents past_;
  std::size_t read_ = 0;
  store::Journal* journal_;
  std::size_t written_ = 0;
  std::optional<Error> error_;
};

}  // namespace assay::cli
