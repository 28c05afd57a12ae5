/* The fields of the ABI's structs as one build of layout.c sees them. */
#ifndef ASSAY_TESTS_ABI_LAYOUT_H
#define ASSAY_TESTS_ABI_LAYOUT_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct abi_field {
  const char* name; /* "assay_host.alloc"; "assay_host" with offset 0 for the whole struct */
  size_t offset;
  size_t size;
} abi_field;

/* Ends with a null name. */
const abi_field* abi_layout_current(void);
const abi_field* abi_layout_frozen_1_0(void);
const abi_field* abi_layout_next(void);

#ifdef __cplusplus
}
#endif

#endif
