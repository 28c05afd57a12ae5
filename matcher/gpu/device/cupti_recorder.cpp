// CUPTI's activity interface through pointers.
#include "matcher/gpu/device/cupti_recorder.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <mutex>
#include <utility>

#include "matcher/gpu/device/dynamic_library.hpp"

#if ASSAY_HAS_CUPTI
#include <cupti.h>

namespace matcher::gpu {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{8} << 20;  // as CUPTI's guide advises: 1 to 10 MB
constexpr std::uint32_t kVersionsPerMajor = 10000;          // 130001 is of CUDA 13.0
constexpr std::array kRecorded = {CUPTI_ACTIVITY_KIND_CONCURRENT_KERNEL, CUPTI_ACTIVITY_KIND_MEMCPY,
                                  CUPTI_ACTIVITY_KIND_MEMORY2};

HostMemoryKind host_kind(std::uint8_t kind) {
  if (kind == CUPTI_ACTIVITY_MEMORY_KIND_PAGEABLE) return HostMemoryKind::kPageable;
  return kind == CUPTI_ACTIVITY_MEMORY_KIND_PINNED ? HostMemoryKind::kPinned : HostMemoryKind::kUnknown;
}

Activity kernel_of(const CUpti_ActivityKernel10& record) {
  Activity activity;
  activity.kind = ActivityKind::kKernel;
  activity.name = record.name == nullptr ? "" : record.name;
  activity.begin_ns = record.start;
  activity.end_ns = record.end;
  activity.stream = record.streamId;
  activity.registers = record.registersPerThread;
  activity.blocks = static_cast<std::uint64_t>(record.gridX) * static_cast<std::uint64_t>(record.gridY) *
                    static_cast<std::uint64_t>(record.gridZ);
  activity.block_threads = static_cast<std::uint32_t>(record.blockX * record.blockY * record.blockZ);
  activity.graph = record.graphId;
  return activity;
}

Activity copy_of(const CUpti_ActivityMemcpy6& record) {
  Activity activity;
  activity.kind = ActivityKind::kOtherCopy;
  if (record.copyKind == CUPTI_ACTIVITY_MEMCPY_KIND_HTOD) {
    activity.kind = ActivityKind::kUpload;
    activity.host = host_kind(record.srcKind);
  } else if (record.copyKind == CUPTI_ACTIVITY_MEMCPY_KIND_DTOH) {
    activity.kind = ActivityKind::kDownload;
    activity.host = host_kind(record.dstKind);
  }
  activity.begin_ns = record.start;
  activity.end_ns = record.end;
  activity.stream = record.streamId;
  activity.bytes = record.bytes;
  activity.graph = record.graphId;
  return activity;
}

Activity memory_of(const CUpti_ActivityMemory4& record) {
  Activity activity;
  activity.kind = record.memoryOperationType == CUPTI_ACTIVITY_MEMORY_OPERATION_TYPE_ALLOCATION
                      ? ActivityKind::kAllocation
                      : ActivityKind::kRelease;
  activity.begin_ns = record.timestamp;
  activity.end_ns = record.timestamp;
  activity.stream = record.streamId;
  activity.bytes = record.bytes;
  return activity;
}

}  // namespace

std::optional<Activity> activity_of(const void* record) {
  switch (static_cast<const CUpti_Activity*>(record)->kind) {
    case CUPTI_ACTIVITY_KIND_CONCURRENT_KERNEL:
    case CUPTI_ACTIVITY_KIND_KERNEL:
      return kernel_of(*static_cast<const CUpti_ActivityKernel10*>(record));
    case CUPTI_ACTIVITY_KIND_MEMCPY:
      return copy_of(*static_cast<const CUpti_ActivityMemcpy6*>(record));
    case CUPTI_ACTIVITY_KIND_MEMORY2:
      return memory_of(*static_cast<const CUpti_ActivityMemory4*>(record));
    default:
      return std::nullopt;
  }
}

struct CuptiRecorder::State {
  explicit State(DynamicLibrary opened) : library(std::move(opened)) {}
  ~State() {
    if (owns_process) active.store(nullptr);
  }

  [[nodiscard]] Status load() {
    Status status = library.find("cuptiGetVersion", get_version);
    if (status) status = library.find("cuptiGetResultString", result_text);
    if (status) status = library.find("cuptiActivityRegisterCallbacks", register_callbacks);
    if (status) status = library.find("cuptiActivityEnable", enable);
    if (status) status = library.find("cuptiActivityDisable", disable);
    if (status) status = library.find("cuptiActivityFlushAll", flush);
    if (status) status = library.find("cuptiActivityGetNextRecord", next_record);
    if (status) status = library.find("cuptiActivityGetNumDroppedRecords", dropped_records);
    return status;
  }

  [[nodiscard]] Status checked(const char* call, CUptiResult code) const {
    if (code == CUPTI_SUCCESS) return {};
    const char* text = nullptr;
    result_text(code, &text);
    return fail(ErrorKind::kBadInput, "{}: {} ({}); recording needs a GPU, its driver and the right to profile it",
                call, text == nullptr ? "unknown" : text, static_cast<int>(code));
  }

  static void CUPTIAPI give_buffer(std::uint8_t** buffer, std::size_t* size, std::size_t* most_records) {
    *buffer = static_cast<std::uint8_t*>(std::aligned_alloc(8, kBufferBytes));
    *size = *buffer == nullptr ? 0 : kBufferBytes;
    *most_records = 0;  // as many as fit
  }

  static void CUPTIAPI take_buffer(CUcontext context, std::uint32_t stream, std::uint8_t* buffer, std::size_t,
                                   std::size_t valid_bytes) {
    if (State* state = active.load()) state->read(context, stream, buffer, valid_bytes);
    std::free(buffer);
  }

  void read(CUcontext context, std::uint32_t stream, std::uint8_t* buffer, std::size_t valid_bytes) {
    const std::lock_guard lock(mutex);
    CUpti_Activity* record = nullptr;
    while (next_record(buffer, valid_bytes, &record) == CUPTI_SUCCESS) {
      if (auto activity = activity_of(record)) activities.push_back(std::move(*activity));
    }
    std::size_t count = 0;
    if (dropped_records(context, stream, &count) == CUPTI_SUCCESS) dropped += count;
  }

  // CUPTI's callbacks carry no pointer of ours, so the one recorder of the process is known here.
  static std::atomic<State*> active;

  DynamicLibrary library;
  decltype(cuptiGetVersion)* get_version = nullptr;
  decltype(cuptiGetResultString)* result_text = nullptr;
  decltype(cuptiActivityRegisterCallbacks)* register_callbacks = nullptr;
  decltype(cuptiActivityEnable)* enable = nullptr;
  decltype(cuptiActivityDisable)* disable = nullptr;
  decltype(cuptiActivityFlushAll)* flush = nullptr;
  decltype(cuptiActivityGetNextRecord)* next_record = nullptr;
  decltype(cuptiActivityGetNumDroppedRecords)* dropped_records = nullptr;
  std::uint32_t version = 0;
  bool owns_process = false;
  std::mutex mutex;
  std::vector<Activity> activities;
  std::size_t dropped = 0;
};

std::atomic<CuptiRecorder::State*> CuptiRecorder::State::active{nullptr};

Result<CuptiRecorder> CuptiRecorder::open(const std::vector<std::string>& names) {
  auto library = DynamicLibrary::open(names);
  if (!library) return matcher::hand_on(library);
  auto state = std::make_unique<State>(std::move(*library));
  if (Status loaded = state->load(); !loaded) return matcher::hand_on(loaded);
  Status asked = state->checked("cuptiGetVersion", state->get_version(&state->version));
  if (!asked) return matcher::hand_on(asked);
  if (state->version / kVersionsPerMajor != CUPTI_API_VERSION / kVersionsPerMajor) {
    return fail(ErrorKind::kBadInput,
                "CUPTI {} is there, but this program was built for {}; build it with the toolkit "
                "that is installed",
                state->version, CUPTI_API_VERSION);
  }
  State* none = nullptr;
  if (!State::active.compare_exchange_strong(none, state.get())) {
    return fail(ErrorKind::kBadInput, "another CUPTI recorder is open in this process; close it first");
  }
  state->owns_process = true;
  Status registered = state->checked("cuptiActivityRegisterCallbacks",
                                     state->register_callbacks(State::give_buffer, State::take_buffer));
  if (!registered) return matcher::hand_on(registered);
  return CuptiRecorder(std::move(state));
}

std::uint32_t CuptiRecorder::version() const {
  return state_->version;
}

Status CuptiRecorder::start() {
  for (const CUpti_ActivityKind kind : kRecorded) {
    Status enabled = state_->checked("cuptiActivityEnable", state_->enable(kind));
    if (enabled) continue;
    for (const CUpti_ActivityKind done : kRecorded) {
      if (done == kind) break;
      state_->disable(done);
    }
    return enabled;
  }
  return {};
}

Result<std::vector<Activity>> CuptiRecorder::stop() {
  Status status = state_->checked("cuptiActivityFlushAll", state_->flush(CUPTI_ACTIVITY_FLAG_FLUSH_FORCED));
  for (const CUpti_ActivityKind kind : kRecorded) state_->disable(kind);
  if (!status) return matcher::hand_on(status);
  const std::lock_guard lock(state_->mutex);
  std::vector<Activity> activities = std::exchange(state_->activities, {});
  if (const std::size_t dropped = std::exchange(state_->dropped, 0); dropped > 0) {
    return fail(ErrorKind::kInternal, "CUPTI dropped {} records; record a shorter piece", dropped);
  }
  std::stable_sort(activities.begin(), activities.end(),
                   [](const Activity& left, const Activity& right) { return left.begin_ns < right.begin_ns; });
  return activities;
}

}  // namespace matcher::gpu

#else

namespace matcher::gpu {

std::optional<Activity> activity_of(const void*) {
  return std::nullopt;
}

struct CuptiRecorder::State {};

Result<CuptiRecorder> CuptiRecorder::open(const std::vector<std::string>&) {
  return fail(ErrorKind::kBadInput, "this program was built without CUPTI; build it with CUDA 13 or newer");
}
std::uint32_t CuptiRecorder::version() const {
  return 0;
}
Status CuptiRecorder::start() {
  return {};
}
Result<std::vector<Activity>> CuptiRecorder::stop() {
  return std::vector<Activity>{};
}

}  // namespace matcher::gpu

#endif

namespace matcher::gpu {

std::vector<std::string> cupti_library_names() {
  return {"libcupti.so.13", "libcupti.so.12", "libcupti.so"};
}

CuptiRecorder::CuptiRecorder(std::unique_ptr<State> state) : state_(std::move(state)) {}
CuptiRecorder::CuptiRecorder(CuptiRecorder&&) noexcept = default;
CuptiRecorder::~CuptiRecorder() = default;

}  // namespace matcher::gpu
