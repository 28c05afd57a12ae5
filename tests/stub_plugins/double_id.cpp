// Offers two variants of one id.
#include "tests/stub_plugins/stub.hpp"

ASSAY_STUB_TABLE([](assay_plugin& offered) { offered.variant_count = 2; })
