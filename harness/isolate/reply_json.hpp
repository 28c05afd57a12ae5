// What a worker answered, as JSON for the journal and back.
#pragma once

#include "harness/core/json.hpp"
#include "harness/isolate/worker_handle.hpp"

namespace assay::isolate {

// Every field that is not 0, by its name in SampleReply; the digest as 32 hexadecimal digits.
[[nodiscard]] Json to_json(const SampleReply& reply);

// The same reply again; members that are no field of a reply are passed over. Errors: kUsage for a value that does not
// fit its field.
[[nodiscard]] Result<SampleReply> reply_from_json(const Json& json);

// {"fault", "phase", "message"} by their names.
[[nodiscard]] Json to_json(const WorkerFailure& failure);
[[nodiscard]] Result<WorkerFailure> failure_from_json(const Json& json);

// 32 hexadecimal digits of the two lanes.
[[nodiscard]] std::string digest_text(const SampleReply& reply);

}  // namespace assay::isolate
