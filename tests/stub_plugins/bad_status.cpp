// Returns a bad status from run and does not say why.
#include "tests/stub_plugins/stub.hpp"

ASSAY_STUB_TABLE([](assay_plugin& offered) {
  offered.run = [](assay_instance*, assay_error*) -> assay_status { return ASSAY_E_DEVICE; };
})
