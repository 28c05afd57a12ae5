// Memory that NVIDIA's closed libraries keep until the process ends, which the leak sanitizer would report as ours.
extern "C" const char* __lsan_default_suppressions();  // NOLINT: the sanitizer's name

extern "C" const char* __lsan_default_suppressions() {
  return "leak:libnvrtc\nleak:libcupti\n";
}
