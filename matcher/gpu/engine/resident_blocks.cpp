// Lays all arrays of packed blocks out in one piece of device memory.
#include "matcher/gpu/engine/resident_blocks.hpp"

#include <functional>
#include <utility>
#include <vector>

namespace matcher::gpu {
namespace {

constexpr std::size_t kAlignment = 256;  // what cudaMalloc promises for its own blocks

// Places arrays first, then, with memory under them, copies them there.
class Layout {
 public:
  // `view` gets the array's device address in upload().
  template <class Array, class T>
  void place(const Array& array, const T*& view) {
    arrays_.push_back({std::span<const T>(array).data(), array.size() * sizeof(T), end_,
                       [&view](std::byte* at) { view = reinterpret_cast<const T*>(at); }});
    bytes_ += array.size() * sizeof(T);
    end_ += (array.size() * sizeof(T) + kAlignment - 1) / kAlignment * kAlignment;
  }
  [[nodiscard]] std::size_t size() const { return end_ == 0 ? kAlignment : end_; }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

  [[nodiscard]] DeviceStatus upload(std::byte* memory, cudaStream_t stream) const {
    for (const Array& array : arrays_) {
      array.set_view(memory + array.place);
      if (array.bytes == 0) continue;
      DeviceStatus copied = check("cudaMemcpyAsync", cudaMemcpyAsync(memory + array.place, array.data, array.bytes,
                                                                     cudaMemcpyHostToDevice, stream));
      if (!copied) return copied;
    }
    return {};
  }

 private:
  struct Array {
    const void* data;
    std::size_t bytes;
    std::size_t place;
    std::function<void(std::byte*)> set_view;
  };
  std::vector<Array> arrays_;
  std::size_t end_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace

DeviceResult<ResidentBlocks> ResidentBlocks::upload(ResourceTracker& tracker, cudaStream_t stream,
                                                    const PackedBlocks& packed) {
  ResidentBlocks resident;
  Layout layout;
  resident.left_ = packed.left.view();  // for the counts; the pointers become the device's
  layout.place(packed.left.symbols, resident.left_.rows.symbols);
  layout.place(packed.left.lengths, resident.left_.rows.lengths);
  layout.place(packed.left.presence, resident.left_.presence);
  layout.place(packed.left.planes, resident.left_.planes);
  for (std::size_t i = 0; i < packed.classes.size(); ++i) {
    const PackedClass& from = packed.classes[i];
    Class& to = resident.classes_[i];
    to.tiles = from.tiles.view();
    layout.place(from.tiles.words, to.tiles.words);
    layout.place(from.tiles.lengths, to.tiles.lengths);
    layout.place(from.tiles.prefixes, to.tiles.prefixes);
    layout.place(from.tiles.presence, to.tiles.presence);
    layout.place(from.tasks, to.tasks);
  }
  auto memory = allocate_device(tracker, layout.size(), "tables and tasks");
  if (!memory) return hand_on(memory);
  resident.memory_ = std::move(*memory);
  resident.bytes_ = layout.bytes();
  DeviceStatus status = layout.upload(static_cast<std::byte*>(resident.memory_.get()), stream);
  const DeviceStatus waited = check("cudaStreamSynchronize", cudaStreamSynchronize(stream));
  if (status) status = waited;
  if (!status) return hand_on(status);
  return resident;
}

}  // namespace matcher::gpu
