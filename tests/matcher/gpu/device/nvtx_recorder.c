/* What a profiler is to NVTX: a library that it loads at the first range. This one writes down pushes and pops. */
#include <nvtx3/nvToolsExt.h>
#include <string.h>

#define EXPORTED __attribute__((visibility("default")))

static char recorded[4096];

EXPORTED const char* recorded_ranges(void) { return recorded; }

static void add(const char* text) { strncat(recorded, text, sizeof recorded - strlen(recorded) - 1); }

static nvtxDomainHandle_t create(const char* name) {
  add("domain ");
  add(name);
  add("\n");
  return (nvtxDomainHandle_t)recorded;
}

static int push(nvtxDomainHandle_t domain, const nvtxEventAttributes_t* event) {
  add(domain == (nvtxDomainHandle_t)recorded ? "push " : "push elsewhere ");
  add(event->message.ascii);
  add("\n");
  return 0;
}

static int pop(nvtxDomainHandle_t domain) {
  (void)domain;
  add("pop\n");
  return 0;
}

static void replace(NvtxFunctionTable table, unsigned index, NvtxFunctionPointer function) { *table[index] = function; }

EXPORTED int InitializeInjectionNvtx2(NvtxGetExportTableFunc_t get_table) {
  const NvtxExportTableCallbacks* callbacks = get_table(NVTX_ETID_CALLBACKS);
  NvtxFunctionTable table = 0;
  unsigned size = 0;
  if (callbacks == 0 || !callbacks->GetModuleFunctionTable(NVTX_CB_MODULE_CORE2, &table, &size)) return 0;
  if (size <= NVTX_CBID_CORE2_DomainCreateA) return 0;
  replace(table, NVTX_CBID_CORE2_DomainCreateA, (NvtxFunctionPointer)create);
  replace(table, NVTX_CBID_CORE2_DomainRangePushEx, (NvtxFunctionPointer)push);
  replace(table, NVTX_CBID_CORE2_DomainRangePop, (NvtxFunctionPointer)pop);
  return 1;
}
