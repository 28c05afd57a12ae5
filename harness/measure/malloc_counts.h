/* What the preloaded malloc counter reports; C, because it is looked up by name at run time. */
#ifndef ASSAY_HARNESS_MALLOC_COUNTS_H
#define ASSAY_HARNESS_MALLOC_COUNTS_H

#include <stdint.h>

typedef struct assay_malloc_counts {  // NOLINT(readability-identifier-naming): C
  uint64_t allocations;     /* malloc, calloc, realloc, aligned_alloc ... that returned memory */
  uint64_t allocated_bytes; /* as requested */
  int64_t live_bytes;       /* usable size of what is allocated now, minus what was at the last reset */
  int64_t peak_live_bytes;  /* greatest live_bytes since the last reset */
  uint64_t failures;        /* requests that returned no memory */
} assay_malloc_counts;

typedef void (*assay_malloc_counter_read_fn)(assay_malloc_counts *out);
typedef void (*assay_malloc_counter_reset_fn)(void);
#define ASSAY_MALLOC_COUNTER_READ "assay_malloc_counter_read"
#define ASSAY_MALLOC_COUNTER_RESET "assay_malloc_counter_reset"

#endif
