// A module that is no plugin: it exports nothing of ours.
extern "C" int assay_plugin_v0(void) {
  return 0;
}
