// Fails with a message that fills the buffer and has no end.
#include <cstring>

#include "tests/stub_plugins/stub.hpp"

ASSAY_STUB_TABLE([](assay_plugin& offered) {
  offered.run = [](assay_instance*, assay_error* error) -> assay_status {
    std::memset(error->message, 'm', sizeof error->message);
    return ASSAY_E_INTERNAL;
  };
})
