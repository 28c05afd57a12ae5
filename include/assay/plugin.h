/* SPDX-FileCopyrightText: 2026 The Assay authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The Assay plugin ABI, version 1: all that a plugin author needs.
 *
 * A plugin is a shared module that exports one symbol, assay_plugin_v1. It offers one or more variants; each variant
 * runs in a worker process of its own. Calls come in this order, as a regular expression:
 *
 *     describe* probe init (prepare (run collect)+ reset)* teardown
 *
 * Rules
 *  1. The owner of a struct sets struct_size to the size it was compiled with. A reader uses a field only if it lies
 *     inside (ASSAY_HAS). A missing or null function means "not supported".
 *  2. A minor version appends fields or adds extensions. Anything else is a new major version and a new symbol.
 *  3. Structs that are passed by value in an array are frozen (assay_param); all others are passed as arrays of
 *     pointers, so that they can grow.
 *  4. Integers have a fixed width; enumerations travel as int32_t.
 *  5. No exception, exit, abort or print crosses this border, and no ownership does: the host never frees what a
 *     plugin allocated, nor the reverse.
 *  6. After a cancellation a plugin returns ASSAY_E_CANCELLED within 100 ms; the host kills the worker otherwise.
 *  7. The input is mapped read-only: a plugin that writes to it crashes and is reported as such.
 *  8. A result view stays valid and unchanged until the next run or reset of the same instance.
 *
 * Thread and state tags
 *  [any-thread]     may be called from any thread the plugin started, between init and teardown.
 *  [worker-thread]  called by the host on one thread, never concurrently.
 *  & created / & prepared / & ran  the state in which the call is legal.
 */
#ifndef ASSAY_PLUGIN_H
#define ASSAY_PLUGIN_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ASSAY_ABI_MAJOR 1
#define ASSAY_ABI_MINOR 2

#if defined(__GNUC__)
#define ASSAY_EXPORT __attribute__((visibility("default")))
#else
#define ASSAY_EXPORT
#endif

/* True if field f lies inside the struct that p points to, as its owner was compiled. */
#define ASSAY_HAS(p, f) ((const char *)&(p)->f + sizeof((p)->f) <= (const char *)(p) + (p)->struct_size)

/* ---- status ------------------------------------------------------------------------------------------------- */

typedef int32_t assay_status;
enum {
  ASSAY_OK = 0,
  ASSAY_E_INVALID = 1,     /* the host passed something the contract forbids, or an unknown parameter value */
  ASSAY_E_STATE = 2,       /* a call out of order */
  ASSAY_E_UNSUPPORTED = 3, /* this machine, data set or workload cannot be served: the case is "skipped" */
  ASSAY_E_NO_MEMORY = 4,
  ASSAY_E_DEVICE = 5, /* an accelerator, database or file failed */
  ASSAY_E_CANCELLED = 6,
  ASSAY_E_INTERNAL = 7
};

/* Filled by the plugin when a call fails; owned by the host, nothing to free. */
typedef struct assay_error {
  uint32_t struct_size;
  assay_status code;
  int64_t native_code; /* errno, cudaError_t, ... ; 0 if there is none */
  char message[496];   /* UTF-8, ends with 0; says what, where, with which value, and what to do next */
} assay_error;

/* ---- tables: columns in Arrow memory layout ------------------------------------------------------------------ */

typedef int32_t assay_type;
enum {
  ASSAY_TYPE_INT32 = 1,
  ASSAY_TYPE_INT64 = 2,
  ASSAY_TYPE_UINT32 = 3,
  ASSAY_TYPE_UINT64 = 4,
  ASSAY_TYPE_FLOAT64 = 5,
  ASSAY_TYPE_DATE32 = 6,    /* int32_t, days since 1970-01-01 (Arrow date32) */
  ASSAY_TYPE_UTF8 = 7,      /* offsets: row_count + 1 int32_t; data: bytes (Arrow utf8) */
  ASSAY_TYPE_LARGE_UTF8 = 8 /* offsets: row_count + 1 int64_t; data: bytes (Arrow large_utf8) */
};

typedef struct assay_column {
  uint32_t struct_size;
  assay_type type;
  const char *name;        /* UTF-8 */
  const uint8_t *validity; /* bit i (least significant first) is 1 if row i is not null; NULL: no nulls */
  const void *offsets;     /* UTF8 types only, else NULL; offsets[0] may be greater than 0 */
  const void *data;        /* values; may be NULL if there are no bytes */
} assay_column;

typedef struct assay_table {
  uint32_t struct_size;
  uint32_t column_count;
  const char *name;
  uint64_t row_count;
  const assay_column *const *columns;
} assay_table;

typedef struct assay_dataset {
  uint32_t struct_size;
  uint32_t table_count;
  const assay_table *const *tables;
} assay_dataset;

/* ---- parameters of a case (frozen) --------------------------------------------------------------------------- */

typedef struct assay_param {
  const char *key;
  const char *value;
} assay_param;

typedef struct assay_params {
  uint32_t struct_size;
  uint32_t count;
  const char *workload; /* "persons.match": the contract that this instance must fulfil */
  const assay_param *items;
} assay_params;

/* ---- what the host offers -------------------------------------------------------------------------------------- */

typedef int32_t assay_space;
enum { ASSAY_SPACE_HOST = 0, ASSAY_SPACE_PINNED = 1, ASSAY_SPACE_DEVICE = 2 };

typedef int32_t assay_severity;
enum { ASSAY_LOG_DEBUG = 0, ASSAY_LOG_INFO = 1, ASSAY_LOG_WARNING = 2, ASSAY_LOG_ERROR = 3 };

/* Exact counters of cause. Allocations through assay_host.alloc are counted by the host itself. */
typedef int32_t assay_counter;
enum {
  ASSAY_COUNTER_KERNEL_LAUNCHES = 0,
  ASSAY_COUNTER_BYTES_TO_DEVICE = 1,
  ASSAY_COUNTER_BYTES_FROM_DEVICE = 2,
  ASSAY_COUNTER_ROUND_TRIPS = 3,
  ASSAY_COUNTER_CANDIDATES = 4, /* pairs that were looked at, whatever the workload calls a pair */
  ASSAY_COUNTER_DEVICE_ALLOCATIONS = 5, /* since 1.1; an older host ignores it */
  ASSAY_COUNTER_CACHE_REQUESTS = 6,     /* since 1.2: how often that was wanted which the variant keeps for the next time */
  ASSAY_COUNTER_CACHE_HITS = 7,         /* since 1.2: how often it was there. Of one cache: the one that sets the variant apart */
  ASSAY_COUNTER_COUNT = 8
};

/* Extension of the host since 1.2, a const char *: the path of a folder for what outlives a process, such as compiled kernels. It
 * belongs to the run: its workers share it, at the same time too, and it is removed at the end. NULL: nothing can be kept. Who
 * writes there writes whole files or none, and trusts no file that it cannot check. */
#define ASSAY_EXTENSION_CACHE_FOLDER "assay.cache-folder/1"

/* Valid from init to teardown. Phases are for people, but for one: since 1.1 the sum of the phases called "device" in prepare and run is
 * the time that an accelerator was busy by its own clock, the metric time/device. */
typedef struct assay_host {
  uint32_t struct_size;
  uint32_t thread_budget; /* the most threads a variant may use, the calling one included; at least 1 */
  void *context;
  void (*log)(void *context, assay_severity severity, const char *utf8);                 /* [any-thread] */
  int32_t (*is_cancelled)(void *context);                                                /* [any-thread] poll at least every 10 ms */
  void *(*alloc)(void *context, uint64_t bytes, uint64_t alignment);                     /* [any-thread] counted; NULL: out of memory */
  void (*free)(void *context, void *pointer, uint64_t bytes);                            /* [any-thread] */
  void (*note_memory)(void *context, assay_space space, int64_t delta_bytes);            /* [any-thread] memory the host cannot see */
  void (*count)(void *context, assay_counter counter, uint64_t delta);                   /* [any-thread] */
  void (*phase)(void *context, const char *name, uint64_t nanoseconds);                  /* [worker-thread] see below */
  const void *(*extension)(void *context, const char *id);                               /* [any-thread] NULL: not offered */
} assay_host;

/* ---- what a plugin offers ---------------------------------------------------------------------------------------- */

/* Static storage. */
typedef struct assay_variant {
  uint32_t struct_size;
  uint32_t reserved;
  const char *id;                /* "strings.interned" */
  const char *summary;           /* one line */
  const char *const *workloads;  /* NULL-ended: "persons.match" */
  const char *const *needs;      /* NULL-ended: "avx512bw", "cuda:sm_90", "mariadb" */
  const char *build;             /* compiler and flags */
} assay_variant;

typedef struct assay_instance assay_instance; /* opaque, owned by the plugin */

typedef struct assay_plugin {
  uint32_t struct_size;
  uint32_t abi_major; /* ASSAY_ABI_MAJOR */
  uint32_t abi_minor; /* ASSAY_ABI_MINOR */
  uint32_t variant_count;

  /* [any-thread] No side effects, touches no device. NULL if index >= variant_count. */
  const assay_variant *(*describe)(uint32_t index);

  /* [worker-thread] ASSAY_OK if this machine can run the variant, else ASSAY_E_UNSUPPORTED and the reason. */
  assay_status (*probe)(uint32_t index, assay_error *error);

  /* [worker-thread] Makes an instance; *out is set on ASSAY_OK only. host lives until teardown, params until init returns. */
  assay_status (*init)(uint32_t index, const assay_host *host, const assay_params *params, assay_instance **out,
                       assay_error *error);

  /* [worker-thread & created] Timed. The data set lives, unchanged, until reset. */
  assay_status (*prepare)(assay_instance *instance, const assay_dataset *dataset, assay_error *error);

  /* [worker-thread & prepared] Timed. On return the result is complete and host-readable. */
  assay_status (*run)(assay_instance *instance, assay_error *error);

  /* [worker-thread & ran] Not in the headline time. Sets *out to a view that is valid until the next run or reset. */
  assay_status (*collect)(assay_instance *instance, const assay_table **out, assay_error *error);

  /* [worker-thread & prepared or ran] Back to created; cannot fail. Also called after a failed prepare, run or collect. */
  void (*reset)(assay_instance *instance);

  /* [worker-thread & created] Cannot fail; joins every thread the plugin started. */
  void (*teardown)(assay_instance *instance);

  /* [any-thread] NULL: not offered. Ids look like "assay.device-memory/1". */
  const void *(*extension)(const char *id);
} assay_plugin;

/* The only exported symbol; the major version is part of its name. */
ASSAY_EXPORT const assay_plugin *assay_plugin_v1(void);
typedef const assay_plugin *(*assay_plugin_v1_fn)(void);
#define ASSAY_PLUGIN_SYMBOL "assay_plugin_v1"

#ifdef __cplusplus
}
#endif

#endif
