// The baseline: does what stub.table asks. Also built as stub.twin, so that one code runs under two names.
#include "tests/stub_plugins/stub.hpp"

using assay::stub::Stub;

ASSAY_STUB(Stub, "mixes every row as asked")
