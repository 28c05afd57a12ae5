#include "harness/cli/transcript.hpp"

namespace assay::cli {
namespace {

bool holds(const Json& event, const Json& key) {
  for (const auto& item : key.items()) {
    if (!event.contains(item.key()) || event[item.key()] != item.value()) return false;
  }
  return true;
}

}  // namespace

Result<Json> Transcript::read(const char* event, const Json& key) {
  const Json* const found = next();
  if (found == nullptr) return note(fail(ErrorKind::kInternal, "read behind the end of the journal"));
  if ((*found)["event"] != event || !holds(*found, key)) {
    return note(fail(ErrorKind::kResultsDiffer,
                     "journal line {}: it holds {}, where this version of assay expects {} {}; use the version that "
                     "wrote the journal",
                     (*found)["n"].get<std::uint64_t>() + 1, short_text(*found), event, short_text(key)));
  }
  return past_.events[read_++];
}

bool Transcript::goes_on() {
  if (journal_ == nullptr && !error_) error_ = Error{ErrorKind::kInterrupted, "the journal ends here"};
  return journal_ != nullptr;
}

Status Transcript::write(const char* event, const Json& fields) {
  if (!goes_on()) return tl::unexpected(*error_);
  if (Status written = journal_->append(event, fields); !written) return note(tl::unexpected(written.error()));
  ++written_;
  return {};
}

Result<Json> Transcript::fact(const char* event, const Json& key, const std::function<Json()>& make) {
  if (reads_back()) return read(event, key);
  if (!goes_on()) return tl::unexpected(*error_);
  Json fields = key;
  fields.update(make());
  ASSAY_CHECK(write(event, fields));
  return fields;
}

Result<Json> Transcript::answer(const std::string& question, const std::function<Result<Json>()>& make) {
  if (const auto known = past_.answers.find(question); known != past_.answers.end()) return known->second;
  if (!goes_on()) return tl::unexpected(*error_);
  ASSAY_TRY(const Json made, make());
  Json fields{{"question", question}};
  fields.update(made);
  ASSAY_CHECK(write("reference_answered", fields));
  past_.answers.emplace(question, fields);
  return fields;
}

Status Transcript::sync() {
  if (journal_ == nullptr || reads_back()) return {};
  if (Status synced = journal_->sync(); !synced) return note(tl::unexpected(synced.error()));
  return {};
}

tl::unexpected<Error> Transcript::note(tl::unexpected<Error> failed) {
  if (!error_) error_ = failed.value();
  return failed;
}

}  // namespace assay::cli
