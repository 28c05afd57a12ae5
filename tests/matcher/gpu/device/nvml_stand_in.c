/* A libnvidia-ml for tests: one GPU whose readings are fixed, and one function that it does not support. */
#include <string.h>

#define EXPORTED __attribute__((visibility("default")))
enum { kSuccess = 0, kNotSupported = 3, kNotFound = 6 };

struct memory { unsigned long long total, free, used; };
struct utilization { unsigned gpu, memory; };

static int gpu;

EXPORTED int nvmlInit_v2(void) { return kSuccess; }
EXPORTED int nvmlShutdown(void) { return kSuccess; }
EXPORTED const char* nvmlErrorString(int code) { return code == kNotFound ? "Not Found" : "words"; }
EXPORTED int nvmlDeviceGetHandleByPciBusId_v2(const char* bus, void** device) {
  *device = &gpu;
  return strcmp(bus, "00000000:0a:00.0") == 0 ? kSuccess : kNotFound;
}
EXPORTED int nvmlSystemGetDriverVersion(char* text, unsigned length) {
  strncpy(text, "580.65.06", length);
  return kSuccess;
}
EXPORTED int nvmlDeviceGetClockInfo(void* device, int type, unsigned* clock) {
  *clock = type == 1 ? 1980 : 3201;
  return device == &gpu ? kSuccess : kNotFound;
}
/* As a driver before 535: under the former name only. */
EXPORTED int nvmlDeviceGetCurrentClocksThrottleReasons(void* device, unsigned long long* reasons) {
  *reasons = 0x44;
  return device == &gpu ? kSuccess : kNotFound;
}
EXPORTED int nvmlDeviceGetPowerUsage(void* device, unsigned* milliwatts) {
  *milliwatts = 701000;
  return device == &gpu ? kSuccess : kNotFound;
}
EXPORTED int nvmlDeviceGetTemperature(void* device, int sensor, unsigned* celsius) {
  *celsius = 61;
  return device == &gpu && sensor == 0 ? kSuccess : kNotFound;
}
EXPORTED int nvmlDeviceGetMemoryInfo(void* device, struct memory* memory) {
  memory->total = 150;
  memory->free = 100;
  memory->used = 50;
  return device == &gpu ? kSuccess : kNotFound;
}
EXPORTED int nvmlDeviceGetUtilizationRates(void* device, struct utilization* rates) {
  (void)device;
  (void)rates;
  return kNotSupported;
}
EXPORTED int nvmlDeviceGetCurrPcieLinkGeneration(void* device, unsigned* generation) {
  *generation = 5;
  return device == &gpu ? kSuccess : kNotFound;
}
EXPORTED int nvmlDeviceGetPcieThroughput(void* device, int counter, unsigned* kilobytes) {
  *kilobytes = counter == 0 ? 11 : 22;
  return device == &gpu ? kSuccess : kNotFound;
}
