// Cost of one sample's journal line: as it is written between two samples, with and without a flush, and read back.
// The file lies in the folder of $ASSAY_BENCHMARK_FOLDER, else in the working folder: a flush costs what its disk
// costs.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>

#include "harness/isolate/reply_json.hpp"
#include "harness/store/journal.hpp"
#include "harness/store/journal_line.hpp"
#include "harness/store/journal_reader.hpp"

namespace assay::store {
namespace {

// The reply of a timed sample of 5 ms on ten thousand rows.
isolate::SampleReply timed_reply() {
  isolate::SampleReply reply;
  reply.iterations = 3;
  reply.prepare_ns = 3'210'987;
  reply.run_ns = 12'345'678;
  reply.collect_ns = 45'678;
  reply.cpu_ns = 15'543'210;
  reply.has_run_queue_wait = 1;
  reply.run_queue_wait_ns = 1234;
  reply.minor_faults = 17;
  reply.rows = 10'523;
  reply.collected = 3;
  reply.digest = {0x0123456789abcdef, 0xfedcba9876543210};
  return reply;
}

Json fields_of(const isolate::SampleReply& reply) {
  Json fields{{"launch", 1}, {"arm", "candidate"}, {"block", 7}, {"position", 4}};
  fields.update(isolate::to_json(reply));
  return fields;
}

std::filesystem::path fresh_file() {
  const char* const folder = std::getenv("ASSAY_BENCHMARK_FOLDER");
  std::filesystem::path file = std::filesystem::path(folder == nullptr ? "." : folder) / "journal_benchmark.jsonl";
  std::filesystem::remove(file);
  return file;
}

void append_sample(benchmark::State& state, Flush flush) {
  const std::filesystem::path file = fresh_file();
  auto journal = Journal::create(file, flush);
  if (!journal) return state.SkipWithError(journal.error().message.c_str());
  const isolate::SampleReply reply = timed_reply();
  for (auto _ : state) {
    if (!journal->append("sample", fields_of(reply))) return state.SkipWithError("cannot append");
  }
  std::filesystem::remove(file);
}
BENCHMARK_CAPTURE(append_sample, without_flush, Flush::kAtBoundaries)->Unit(benchmark::kMicrosecond)->UseRealTime();
BENCHMARK_CAPTURE(append_sample, with_flush, Flush::kEveryLine)->Unit(benchmark::kMicrosecond)->UseRealTime();

void read_back(benchmark::State& state) {
  std::string bytes;
  std::string digest;
  for (int n = 0; n < 1000; ++n) {
    const Json first{{"format", kJournalFormat}};
    const std::string line = journal_line(static_cast<std::uint64_t>(n), digest, n == 0 ? "run_started" : "sample",
                                          n == 0 ? first : fields_of(timed_reply()));
    digest = *stated_digest(line);
    bytes += line + "\n";
  }
  for (auto _ : state) {
    auto content = parse_journal(bytes, "journal");
    if (!content || content->events.size() != 1000) return state.SkipWithError("cannot read it back");
    benchmark::DoNotOptimize(content);
  }
  state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(read_back)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace assay::store
