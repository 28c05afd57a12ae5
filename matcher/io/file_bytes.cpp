// The bytes of an input file, by mmap or by reading.
#include "matcher/io/file_bytes.hpp"

#include <sys/mman.h>

#include <array>
#include <utility>

#include "matcher/io/input_descriptor.hpp"

namespace matcher {
namespace {

constexpr std::size_t kReadBytes = 65536;  // one pipe buffer

}  // namespace

Result<FileBytes> FileBytes::open(const std::filesystem::path& path, const CancelCallback& is_cancelled) {
  auto file = InputDescriptor::open(path, is_cancelled);
  if (!file) return hand_on(file);
  FileBytes bytes;
  if (file->size() > 0) {
    void* address = ::mmap(nullptr, file->size(), PROT_READ, MAP_PRIVATE | MAP_POPULATE, file->get(), 0);
    if (address == MAP_FAILED) return file->fail_errno("map the file");
    bytes.mapped_ = static_cast<const char*>(address);
    bytes.mapped_size_ = file->size();
    return bytes;
  }
  std::array<char, kReadBytes> buffer;
  while (true) {
    auto count = file->read(buffer.data(), buffer.size());
    if (!count) return hand_on(count);
    if (*count == 0) return bytes;
    bytes.read_.append(buffer.data(), *count);
  }
}

FileBytes::FileBytes(FileBytes&& other) noexcept
    : mapped_(std::exchange(other.mapped_, nullptr)), mapped_size_(other.mapped_size_), read_(std::move(other.read_)) {}

FileBytes::~FileBytes() {
  if (mapped_ != nullptr) ::munmap(const_cast<char*>(mapped_), mapped_size_);
}

}  // namespace matcher
