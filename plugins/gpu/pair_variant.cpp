#include "plugins/gpu/pair_variant.hpp"

#include <array>
#include <utility>

#include "matcher/similarity/bit_parallel.hpp"
#include "plugins/gpu/grid_tuning.hpp"
#include "plugins/names/score_variant.hpp"

namespace assay::gpu {
namespace {

using namespace matcher::gpu;

// Unified memory counts as the device's, where kernels move it to.
constexpr std::array kOnDevice{ResourceKind::kDeviceMemory, ResourceKind::kOrderedMemory, ResourceKind::kManagedMemory};
constexpr std::array kPinned{ResourceKind::kPinnedMemory};
constexpr std::size_t kChunkPairs = std::size_t{1} << 20;  // 136 MiB of texts

}  // namespace

PairVariant::PairVariant(sdk::Host host, const sdk::Params& params, const PairOptions& options,
                         std::unique_ptr<Rung> rung)
    : host_(host),
      threshold_(names::threshold_of(params)),
      options_(options),
      files_(host.cache_folder()),
      rung_(std::move(rung)) {
  if (options_.remember_grid) tuner_ = files_.grids();
}

void PairVariant::prepare(const sdk::DatasetView& dataset) {
  names::NameTable left = names::read_names(dataset.table("left"), host_);
  names::NameTable right = names::read_names(dataset.table("right"), host_);
  const CacheCounts cache_before = cache();
  const bool known = encoded_ && left.names == left_.names && right.names == right_.names;
  if (!known) forget_encoding();
  left_ = std::move(left);
  right_ = std::move(right);
  pipeline_.emplace(value_of(TilePipeline::open(tracker_, options_)));
  if (options_.clock && options_.submission != SubmissionChoice::kGraph) clock_.emplace(tracker_);
  known ? ++encoding_.kept : ++encoding_.made;
  if (!known) encode();
  if (options_.grid == GridChoice::kTuned) tune();
  count_cache(cache_before);
}

void PairVariant::encode() {
  alphabet_ = Alphabet::of(left_.names, right_.names);
  readable_ = {readable(left_), readable(right_)};
  setting_.emplace(Setting{left_, right_, alphabet_, tracker_, options_, files_});
  rung_->prepare(*setting_);
  encoded_ = true;
}

void PairVariant::forget_encoding() noexcept {
  encoded_ = false;
  rung_->release();
  left_ = {};
  right_ = {};
  readable_ = {};
}

// On the first tile of pairs.
void PairVariant::tune() {
  PairChunk sample;
  if (!CandidatePairs(left_, right_, readable_, options_.tile_items).next(sample) || sample.for_device.empty()) return;
  std::vector<matcher::PackedParts> expected;
  for (const RowPair& pair : sample.for_device) expected.push_back(matcher::pack_parts(parts_on_host(pair)));
  const std::uint64_t measured = tuner_.counters().measured;
  tune_grid(tuner_, *rung_, expected, [&]() -> DeviceResult<double> {
    auto done =
        pipeline_->run(rung_->gather(sample.for_device), [this](const DeviceTile& tile) { return enqueue(tile); });
    const auto nanoseconds = static_cast<double>(clock_->take());
    if (!done) return hand_on(done);
    return nanoseconds;
  });
  if (options_.remember_grid && tuner_.counters().measured > measured) files_.remember(tuner_);
}

void PairVariant::run() {
  columns_.clear();
  const SubmissionCounters before = submitted();
  const std::uint64_t allocated_before = device_allocations();
  const CacheCounts cache_before = cache();
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
  count_cache(cache_before);
  if (clock_) host_.phase("device", clock_->take());
  note_peak(ASSAY_SPACE_DEVICE, kOnDevice);
  note_peak(ASSAY_SPACE_PINNED, kPinned);
}

const assay_table* PairVariant::collect() {
  columns_.show(result_);
  return result_.view();
}

void PairVariant::reset() noexcept {
  if (!options_.keep_encoding) forget_encoding();
  clock_.reset();
  pipeline_.reset();
  columns_ = {};
}

std::vector<bool> PairVariant::readable(const names::NameTable& table) const {
  std::vector<bool> fits;
  for (const std::u32string& name : table.names) {
    fits.push_back(name.size() <= rung_->longest() && alphabet_.covers(name));
  }
  return fits;
}

void PairVariant::score_on_device(const std::vector<RowPair>& pairs) {
  if (pairs.empty()) return;
  const Job job = rung_->gather(pairs);
  if (!rung_->run_itself(job, clock_ ? &*clock_ : nullptr)) {
    value_of(pipeline_->run(job, [this](const DeviceTile& tile) { return enqueue(tile); }));
  }
  accept_found(pairs);
}

DeviceStatus PairVariant::enqueue(const DeviceTile& tile) {
  if (!clock_) return rung_->enqueue(tile);
  clock_->begin(tile.stream);
  const DeviceStatus done = rung_->enqueue(tile);
  clock_->end(tile.stream);
  return done;
}

void PairVariant::accept_found(const std::vector<RowPair>& pairs) {
  const Found found = rung_->found();
  for (std::size_t i = 0; i < found.parts.size(); ++i) accept(pairs[i], matcher::unpack_parts(found.parts[i]));
  // Single precision errs by less than 1e-4 of a percent; who passes is scored again, in integers.
  const double least = threshold_ - 1e-3;
  for (std::size_t i = 0; i < found.percents.size(); ++i) {
    if (static_cast<double>(found.percents[i]) >= least) score_on_host(pairs[i]);
  }
  for (std::size_t i = 0; i < found.distances.size(); ++i) {
    matcher::ScoreParts parts = parts_on_host(pairs[i]);
    parts.distance = found.distances[i];
    accept(pairs[i], parts);
  }
}

matcher::ScoreParts PairVariant::parts_on_host(const RowPair& pair) const {
  return matcher::score_bit_parallel(left_.names[pair.left], right_.names[pair.right]);
}

void PairVariant::score_on_host(const RowPair& pair) {
  accept(pair, parts_on_host(pair));
}

void PairVariant::accept(const RowPair& pair, const matcher::ScoreParts& parts) {
  if (names::best_percent(parts, left_, pair.left, right_, pair.right) < threshold_) return;
  columns_.push_back(left_.ids[pair.left], right_.ids[pair.right], parts);
}

SubmissionCounters PairVariant::submitted() const {
  SubmissionCounters sum = pipeline_->report().submission;
  const SubmissionCounters own = rung_->counters();
  sum.kernel_enqueues += own.kernel_enqueues;
  sum.upload_bytes += own.upload_bytes;
  sum.download_bytes += own.download_bytes;
  return sum;
}

void PairVariant::count(const SubmissionCounters& was) const {
  const SubmissionCounters is = submitted();
  // What is recorded into a graph is not launched; a graph is launched as one.
  const std::uint64_t enqueues = is.kernel_enqueues - was.kernel_enqueues - (is.captures - was.captures);
  host_.count(ASSAY_COUNTER_KERNEL_LAUNCHES, enqueues * rung_->launches() + is.replays - was.replays);
  host_.count(ASSAY_COUNTER_BYTES_TO_DEVICE, is.upload_bytes - was.upload_bytes);
  host_.count(ASSAY_COUNTER_BYTES_FROM_DEVICE, is.download_bytes - was.download_bytes);
}

// Of the one cache that sets the variant apart; the pool of device buffers is of a prepare.
CacheCounts PairVariant::cache() const {
  if (options_.grid == GridChoice::kTuned) return {tuner_.counters().asked, tuner_.counters().remembered};
  if (const auto own = rung_->cache()) return *own;
  if (options_.keep_encoding) return {encoding_.made + encoding_.kept, encoding_.kept};
  if (options_.device_buffers != DeviceBufferChoice::kPool || !pipeline_) return {};
  const BufferCounters buffers = pipeline_->report().buffers;
  return {buffers.requests, buffers.hits};
}

void PairVariant::count_cache(const CacheCounts& was) const {
  const CacheCounts is = cache();
  host_.count(ASSAY_COUNTER_CACHE_REQUESTS, is.requests - was.requests);
  host_.count(ASSAY_COUNTER_CACHE_HITS, is.hits - was.hits);
}

// In every way there is to allocate.
std::uint64_t PairVariant::device_allocations() const {
  std::uint64_t sum = 0;
  for (const ResourceKind kind : kOnDevice) sum += tracker_.totals(kind).acquired;
  return sum;
}

// The peaks of all kinds together: exact for variants that use one of them.
void PairVariant::note_peak(assay_space space, std::span<const ResourceKind> kinds) const {
  std::int64_t peak = 0;
  for (const ResourceKind kind : kinds) peak += static_cast<std::int64_t>(tracker_.totals(kind).peak_bytes);
  host_.note_memory(space, peak);
  host_.note_memory(space, -peak);
}

}  // namespace assay::gpu
