#include "plugins/gpu/pair_variant.hpp"

#include "matcher/gpu/layout/pairs.hpp"
#include "matcher/similarity/bit_parallel.hpp"
#include "plugins/names/score_variant.hpp"

namespace assay::gpu {
namespace {

using namespace matcher::gpu;

constexpr std::size_t kChunkPairs = std::size_t{1} << 20;  // 136 MiB of texts

}  // namespace

template <class Rung>
PairVariant<Rung>::PairVariant(sdk::Host host, const sdk::Params& params, const PipelineOptions& options)
    : host_(host), threshold_(names::threshold_of(params)), options_(options) {}

template <class Rung>
void PairVariant<Rung>::prepare(const sdk::DatasetView& dataset) {
  left_ = names::read_names(dataset.table("left"), host_);
  right_ = names::read_names(dataset.table("right"), host_);
  alphabet_ = Alphabet::of(left_.names, right_.names);
  readable_ = {readable(left_), readable(right_)};
  pipeline_.emplace(value_of(TilePipeline::open(tracker_, options_)));
  if (options_.submission != SubmissionChoice::kGraph) clock_.emplace(tracker_);
}

template <class Rung>
void PairVariant<Rung>::run() {
  columns_.clear();
  const PipelineReport before = pipeline_->report();
  const std::uint64_t allocated_before = device_allocations();
  std::uint64_t candidates = 0;
  CandidatePairs pairs(left_, right_, readable_, kChunkPairs);
  for (PairChunk chunk; pairs.next(chunk);) {
    host_.throw_if_cancelled();
    candidates += chunk.size();
    score_on_device(chunk.for_device);
    for (const RowPair& pair : chunk.for_host) score_on_host(pair);
  }
  host_.count(ASSAY_COUNTER_CANDIDATES, candidates);
  host_.count(ASSAY_COUNTER_DEVICE_ALLOCATIONS, device_allocations() - allocated_before);
  count(before);
  if (clock_) host_.phase("device", clock_->take());
  note_peak(ASSAY_SPACE_DEVICE, ResourceKind::kDeviceMemory);
  note_peak(ASSAY_SPACE_PINNED, ResourceKind::kPinnedMemory);
}

template <class Rung>
const assay_table* PairVariant<Rung>::collect() {
  columns_.show(result_);
  return result_.view();
}

template <class Rung>
void PairVariant<Rung>::reset() noexcept {
  clock_.reset();
  pipeline_.reset();
  left_ = {};
  right_ = {};
  readable_ = {};
  columns_ = {};
}

template <class Rung>
std::vector<bool> PairVariant<Rung>::readable(const names::NameTable& table) const {
  std::vector<bool> fits;
  for (const std::u32string& name : table.names) {
    fits.push_back(name.size() <= kAuditedTextSymbols && alphabet_.covers(name));
  }
  return fits;
}

template <class Rung>
void PairVariant<Rung>::score_on_device(const std::vector<RowPair>& pairs) {
  if (pairs.empty()) return;
  const auto records = audited_pairs(left_.names, right_.names, pairs, alphabet_);
  rung_.resize(pairs.size());
  const Job job{.items = pairs.size(),
                .inputs = {{reinterpret_cast<const std::byte*>(records.data()), sizeof(AuditedPair)}},
                .outputs = rung_.outputs()};
  value_of(pipeline_->run(job, [this](const DeviceTile& tile) { return enqueue(tile); }));
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if constexpr (Rung::kHasParts) {
      accept(pairs[i], rung_.parts(i));
    } else if (rung_.may_reach(i, threshold_)) {
      score_on_host(pairs[i]);
    }
  }
}

template <class Rung>
DeviceStatus PairVariant<Rung>::enqueue(const DeviceTile& tile) {
  if (!clock_) return Rung::enqueue(tile);
  clock_->begin(tile.stream);
  const DeviceStatus done = Rung::enqueue(tile);
  clock_->end(tile.stream);
  return done;
}

template <class Rung>
void PairVariant<Rung>::score_on_host(const RowPair& pair) {
  accept(pair, matcher::score_bit_parallel(left_.names[pair.left], right_.names[pair.right]));
}

template <class Rung>
void PairVariant<Rung>::accept(const RowPair& pair, const matcher::ScoreParts& parts) {
  if (names::best_percent(parts, left_, pair.left, right_, pair.right) < threshold_) return;
  columns_.push_back(left_.ids[pair.left], right_.ids[pair.right], parts);
}

template <class Rung>
void PairVariant<Rung>::count(const PipelineReport& before) const {
  const SubmissionCounters was = before.submission;
  const SubmissionCounters is = pipeline_->report().submission;
  // What is recorded into a graph is not launched; a graph is launched as one.
  const std::uint64_t enqueues = is.kernel_enqueues - was.kernel_enqueues - (is.captures - was.captures);
  host_.count(ASSAY_COUNTER_KERNEL_LAUNCHES, enqueues * Rung::kLaunches + is.replays - was.replays);
  host_.count(ASSAY_COUNTER_BYTES_TO_DEVICE, is.upload_bytes - was.upload_bytes);
  host_.count(ASSAY_COUNTER_BYTES_FROM_DEVICE, is.download_bytes - was.download_bytes);
}

// Of both ways to allocate.
template <class Rung>
std::uint64_t PairVariant<Rung>::device_allocations() const {
  return tracker_.totals(ResourceKind::kDeviceMemory).acquired + tracker_.totals(ResourceKind::kOrderedMemory).acquired;
}

template <class Rung>
void PairVariant<Rung>::note_peak(assay_space space, ResourceKind kind) const {
  const auto peak = static_cast<std::int64_t>(tracker_.totals(kind).peak_bytes);
  host_.note_memory(space, peak);
  host_.note_memory(space, -peak);
}

template class PairVariant<FourKernels>;
template class PairVariant<Fused>;
template class PairVariant<FusedSharedRow>;
template class PairVariant<BitParallel64>;

}  // namespace assay::gpu
