#include "plugins/gpu/block_variant.hpp"

#include <utility>

#include "matcher/similarity/bit_parallel.hpp"
#include "plugins/names/score_variant.hpp"

namespace assay::gpu {
namespace {

using namespace matcher::gpu;

// 0 is no key.
std::vector<std::uint64_t> keys_of(const names::NameTable& table) {
  std::vector<std::uint64_t> keys;
  for (const std::int32_t date : table.dates) keys.push_back(std::uint64_t{static_cast<std::uint32_t>(date)} + 1);
  return keys;
}

// Symbol by symbol and date by date: nothing is taken for the same because two hashes are.
bool gives_the_same_blocks(const names::NameTable& table, const names::NameTable& other) {
  return table.names == other.names && table.dates == other.dates;
}

}  // namespace

BlockVariant::BlockVariant(sdk::Host host, const sdk::Params& params, BlockChoice choice, BlockMatchOptions matching)
    : host_(host), threshold_(names::threshold_of(params)), choice_(choice), matching_(matching) {
  matching_.least_percent = threshold_;
  matching_.pruned = choice.pruned;
}

void BlockVariant::prepare(const sdk::DatasetView& dataset) {
  names::NameTable left = names::read_names(dataset.table("left"), host_);
  names::NameTable right = names::read_names(dataset.table("right"), host_);
  const bool known = resident_ && gives_the_same_blocks(left, left_) && gives_the_same_blocks(right, right_);
  if (!known) forget();
  left_ = std::move(left);
  right_ = std::move(right);
  clock_.emplace(tracker_);
  if (!known) open();
  if (choice_.resident && !known) make_resident();
  if (!choice_.kept) return;
  host_.count(ASSAY_COUNTER_CACHE_REQUESTS, 1);
  host_.count(ASSAY_COUNTER_CACHE_HITS, known ? 1 : 0);
}

void BlockVariant::open() {
  alphabet_ = Alphabet::of(left_.names, right_.names);
  matcher_.emplace(value_of(BlockMatcher::open(tracker_, matching_)));
  matcher_->before_launch = [this](std::uint64_t) { host_.throw_if_cancelled(); };
  matcher_->around_kernel = [this](cudaStream_t stream) { clock_->begin(stream); };
}

void BlockVariant::make_resident() {
  Encoded encoded = encode();
  PackedBlocks packed = pack_blocks(encoded.left, encoded.right, encoded.rows, encoded.rows.for_kernels);
  ResidentBlocks blocks = value_of(matcher_->upload(packed));
  resident_.emplace(Resident{std::move(encoded.rows), std::move(packed), std::move(blocks)});
}

void BlockVariant::run() {
  columns_.clear();
  const BlockCounters before = matcher_->counters();
  const std::uint64_t allocations_before = device_allocations();
  resident_ ? match_resident() : match(encode());
  count(before, allocations_before);
  host_.phase("device", clock_->take());
}

const assay_table* BlockVariant::collect() {
  columns_.show(result_);
  return result_.view();
}

void BlockVariant::reset() noexcept {
  if (!choice_.kept) forget();
  clock_.reset();  // of a run that failed it may hold a beginning without an end
  columns_ = {};
}

void BlockVariant::forget() noexcept {
  resident_.reset();
  matcher_.reset();
  left_ = {};
  right_ = {};
}

BlockVariant::Encoded BlockVariant::encode() const {
  Encoded encoded{encode_names(left_.names, alphabet_), encode_names(right_.names, alphabet_), {}};
  const std::vector<std::uint64_t> left = keys_of(left_);
  const std::vector<std::uint64_t> right = keys_of(right_);
  encoded.rows = blocked_rows({encoded.left, left}, {encoded.right, right}, 0);
  return encoded;
}

void BlockVariant::match(const Encoded& encoded) {
  const auto take_pairs = [this](std::span<const ScoredPair> pairs) { take(pairs); };
  value_of(run_blocks(*matcher_, {encoded.left, encoded.right, encoded.rows}, take_pairs));
  score_on_host(encoded.rows);
}

void BlockVariant::match_resident() {
  const auto take_pairs = [this](std::span<const ScoredPair> pairs) { take(pairs); };
  require(matcher_->match(resident_->packed, resident_->blocks, take_pairs));
  score_on_host(resident_->rows);
}

void BlockVariant::take(std::span<const ScoredPair> pairs) {
  for (const ScoredPair& pair : pairs) accept(pair.left, pair.right, matcher::unpack_parts(pair.parts));
}

void BlockVariant::score_on_host(const BlockedRows& rows) {
  host_.count(ASSAY_COUNTER_CANDIDATES, pairs_of(rows.for_kernels) + pairs_of(rows.for_host));
  for (const RowBlock& block : rows.for_host) {
    host_.throw_if_cancelled();
    for (std::uint32_t l = block.left_begin; l < block.left_end; ++l) {
      for (std::uint32_t r = block.right_begin; r < block.right_end; ++r) {
        const std::uint32_t left = rows.left[l];
        const std::uint32_t right = rows.right[r];
        accept(left, right, matcher::score_bit_parallel(left_.names[left], right_.names[right]));
      }
    }
  }
}

void BlockVariant::accept(std::uint32_t left, std::uint32_t right, const matcher::ScoreParts& parts) {
  if (names::best_percent(parts, left_, left, right_, right) < threshold_) return;
  columns_.push_back(left_.ids[left], right_.ids[right], parts);
}

void BlockVariant::count(const BlockCounters& before, std::uint64_t allocations_before) const {
  const BlockCounters& now = matcher_->counters();
  host_.count(ASSAY_COUNTER_KERNEL_LAUNCHES, now.launches - before.launches);
  host_.count(ASSAY_COUNTER_BYTES_TO_DEVICE, now.upload_bytes - before.upload_bytes);
  host_.count(ASSAY_COUNTER_BYTES_FROM_DEVICE, now.download_bytes - before.download_bytes);
  host_.count(ASSAY_COUNTER_DEVICE_ALLOCATIONS, device_allocations() - allocations_before);
  const auto peak = static_cast<std::int64_t>(tracker_.totals(ResourceKind::kDeviceMemory).peak_bytes);
  host_.note_memory(ASSAY_SPACE_DEVICE, peak);
  host_.note_memory(ASSAY_SPACE_DEVICE, -peak);
}

std::uint64_t BlockVariant::device_allocations() const {
  return tracker_.totals(ResourceKind::kDeviceMemory).acquired;
}

}  // namespace assay::gpu
