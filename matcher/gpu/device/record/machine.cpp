#include "matcher/gpu/device/record/machine.hpp"

#include "matcher/io/pending_file.hpp"

namespace matcher::gpu {

MachineWatch::MachineWatch() : nvml_(Nvml::open()) {
  record_.probe = probe_devices();
  if (nvml_) record_.driver = nvml_->driver_version().value_or("");
  record_.before = read();
}

MachineRecord MachineWatch::finish() {
  record_.after = read();
  return record_;
}

std::optional<GpuReading> MachineWatch::read() const {
  if (!nvml_ || !has_gpu()) return std::nullopt;
  const auto reading = nvml_->read(record_.probe.gpus.front().pci_bus_id);
  return reading ? std::optional(*reading) : std::nullopt;
}

Status write_record(const std::string& text, const std::string& path) {
  auto file = PendingFile::open(path);
  if (!file) return hand_on(file);
  if (Status written = file->write(text); !written) return written;
  return file->commit();
}

}  // namespace matcher::gpu
