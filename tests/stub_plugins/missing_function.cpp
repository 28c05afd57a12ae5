// Has no run.
#include "tests/stub_plugins/stub.hpp"

ASSAY_STUB_TABLE([](assay_plugin& offered) { offered.run = nullptr; })
