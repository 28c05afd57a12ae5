#include "matcher/gpu/ladder/tables.hpp"

#include <numeric>
#include <span>
#include <type_traits>

#include "matcher/gpu/layout/pairs.hpp"
#include "matcher/gpu/layout/rows.hpp"
#include "matcher/gpu/layout/tiles.hpp"

namespace matcher::gpu {
namespace {

constexpr std::uint32_t kRowBytes = 32;
constexpr std::uint32_t kSlotsPerWord = 4;

std::vector<std::uint32_t> all_rows(std::size_t rows) {
  std::vector<std::uint32_t> numbers(rows);
  std::iota(numbers.begin(), numbers.end(), 0U);
  return numbers;
}

// Copies `values` to the device before it returns: they may be gone afterwards.
template <class T>
DeviceStatus put(DeviceArray<T>& array, ResourceTracker& tracker, std::type_identity_t<std::span<const T>> values,
                 cudaStream_t stream) {
  auto copy = DeviceArray<T>::copy_of(tracker, values, stream, "ladder table");
  if (!copy) return hand_on(copy);
  array = std::move(*copy);
  return check("cudaStreamSynchronize", cudaStreamSynchronize(stream));
}

template <class T>
DeviceStatus reserve(DeviceArray<T>& array, ResourceTracker& tracker, std::size_t size) {
  auto room = DeviceArray<T>::of(tracker, size, "ladder results");
  if (!room) return hand_on(room);
  array = std::move(*room);
  return {};
}

}  // namespace

DeviceResult<std::unique_ptr<LadderTables>> LadderTables::upload(ResourceTracker& tracker, const Sample& sample,
                                                                 cudaStream_t stream) {
  auto tables = std::make_unique<LadderTables>();
  tables->sample_ = &sample;
  tables->slots_ = (sample.shape().longest + kSlotsPerWord - 1) / kSlotsPerWord * kSlotsPerWord;
  DeviceStatus status = tables->upload_left(tracker, stream);
  if (status) status = tables->upload_right(tracker, stream);
  if (status) status = tables->upload_pairs(tracker, stream);
  if (status) status = tables->make_room(tracker);
  if (!status) return hand_on(status);
  return tables;
}

DeviceStatus LadderTables::upload_left(ResourceTracker& tracker, cudaStream_t stream) {
  const EncodedNames names = encode_names(sample_->left(), sample_->alphabet());
  const PatternTable left = make_patterns(names, all_rows(names.rows.size()));
  DeviceStatus status = put(left_symbols_, tracker, left.symbols, stream);
  if (status) status = put(left_lengths_, tracker, left.lengths, stream);
  if (status) status = put(presence_, tracker, left.presence, stream);
  if (status) status = put(planes_, tracker, left.planes, stream);
  return status;
}

DeviceStatus LadderTables::upload_right(ResourceTracker& tracker, cudaStream_t stream) {
  const auto numbers = all_rows(sample_->right().size());
  const RowTable right = make_rows(sample_->right(), numbers, sample_->alphabet(), kRowBytes);
  DeviceStatus status = put(right_symbols_, tracker, right.symbols, stream);
  if (status) status = put(right_lengths_, tracker, right.lengths, stream);
  if (!status) return status;
  const TileTable tiles = make_tiles(encode_names(sample_->right(), sample_->alphabet()), numbers, slots_);
  status = put(tile_words_, tracker, tiles.words, stream);
  if (status) status = put(tile_lengths_, tracker, tiles.lengths, stream);
  if (status) status = put(tile_prefixes_, tracker, tiles.prefixes, stream);
  if (status) status = put(tile_presence_, tracker, tiles.presence, stream);
  return status;
}

DeviceStatus LadderTables::upload_pairs(ResourceTracker& tracker, cudaStream_t stream) {
  const std::vector<RowPair> pairs = sample_->listed_pairs();
  listed_ = static_cast<std::uint32_t>(pairs.size());
  const DeviceStatus status = put(pairs_, tracker, pairs, stream);
  if (!status) return status;
  return put(audited_, tracker, audited_pairs(sample_->left(), sample_->right(), pairs, sample_->alphabet()), stream);
}

DeviceStatus LadderTables::make_room(ResourceTracker& tracker) {
  const std::size_t pairs = sample_->parts().size();
  DeviceStatus status = reserve(scores, tracker, pairs);
  if (status) status = reserve(percents, tracker, std::size_t{4} * listed_);
  if (status) status = reserve(diagonals, tracker, std::size_t{kWarpPerPairWarps} * 3 * kWarpPerPairPitch);
  if (status) status = reserve(matches, tracker, pairs / 8 + 1024);
  if (status) status = reserve(counts, tracker, 2);
  return status;
}

BlockInput LadderTables::block() const {
  const Tiles tiles{tile_words_.data(),       tile_lengths_.data(),
                    tile_prefixes_.data(),    tile_presence_.data(),
                    rows(tile_lengths_) / 32, static_cast<std::uint32_t>(sample_->right().size())};
  return {{left_rows(), presence_.data(), planes_.data()}, tiles, slots_, sample_->alphabet().fits_five_bits()};
}

}  // namespace matcher::gpu
