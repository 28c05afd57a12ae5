// Was built for a major version of the ABI that is gone.
#include "tests/stub_plugins/stub.hpp"

ASSAY_STUB_TABLE([](assay_plugin& offered) { offered.abi_major = offered.abi_minor = 0; })
