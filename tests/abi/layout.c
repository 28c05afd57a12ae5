/* The layout of every struct of the ABI on a 64-bit machine, checked while this is compiled as C99.
 *
 * FIELD fails to compile if a field moves or changes its size; STRUCT if a struct gets smaller, or, in the header of
 * minor 0, changes its size at all. ABI_LAYOUT names the function that lists what the header says. */
#include ABI_HEADER

#include "tests/abi/layout.h"

/* Declared again and again, always as one char; an array of -1 does not compile. */
#define STATIC_CHECK(condition) extern char abi_check[(condition) ? 1 : -1]
#if ASSAY_ABI_MINOR == 0
#define SIZE_FITS(type, expected) (sizeof(type) == (expected))
#else
#define SIZE_FITS(type, expected) (sizeof(type) >= (expected))
#endif
#define STRUCT(type, bytes) STATIC_CHECK(SIZE_FITS(type, bytes));
#define FIELD(type, field, at, bytes) \
  STATIC_CHECK(offsetof(type, field) == (at) && sizeof(((type*)0)->field) == (bytes));
#include "tests/abi/layout_v1_0.inc"
#undef STRUCT
#undef FIELD

STATIC_CHECK(sizeof(assay_param) == 16); /* frozen for good: passed by value */
STATIC_CHECK(sizeof(assay_status) == 4 && sizeof(assay_type) == 4 && sizeof(assay_space) == 4);
STATIC_CHECK(sizeof(assay_severity) == 4 && sizeof(assay_counter) == 4);

static const abi_field fields[] = {
#define STRUCT(type, bytes) {#type, 0, sizeof(type)},
#define FIELD(type, field, at, bytes) {#type "." #field, offsetof(type, field), sizeof(((type*)0)->field)},
#include "tests/abi/layout_v1_0.inc"
    {NULL, 0, 0}};

const abi_field* ABI_LAYOUT(void) {
  return fields;
}
