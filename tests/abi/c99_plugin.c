/* A plugin in plain C99 that serves stub.table; built against several versions of the header.
 *
 *  ABI_HEADER  the header to build against; default: the present one
 *  ABI_NEXT    the header has appended fields: use the host's if it is there
 *  ABI_CUT     as an older minor would have been: the last field of each table of ours lies outside struct_size and
 *              points nowhere, so that a host that reads it dies
 */
#ifndef ABI_HEADER
#define ABI_HEADER "assay/plugin.h"
#endif
#include ABI_HEADER

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/abi/appended.h"

#define MAX_LABEL 4 /* three digits and the end */

struct assay_instance {
  const assay_host* host;
  uint64_t rounds;
  uint64_t rows;
  const int64_t* ids;
  const int32_t* dates;
  uint64_t capacity;
  uint64_t* mixed;
  int32_t* offsets;
  char* labels;
  assay_column columns[3];
  const assay_column* pointers[3];
  assay_table table;
};

static assay_status fail(assay_error* error, assay_status code, const char* what, const char* value) {
  if (error != NULL && ASSAY_HAS(error, message)) {
    error->code = code;
    error->native_code = 0;
    snprintf(error->message, sizeof error->message, "%s '%s'", what, value);
  }
  return code;
}

static uint64_t mix(uint64_t value, uint64_t rounds) {
  while (rounds-- > 0) {
    value += 0x9e3779b97f4a7c15ULL;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
    value ^= value >> 27;
  }
  return value;
}

/* A host of an older minor may have no alloc. */
static void* take(const assay_host* host, uint64_t bytes) {
  if (ASSAY_HAS(host, alloc) && host->alloc != NULL) return host->alloc(host->context, bytes, 0);
  return malloc((size_t)bytes);
}

static void give_back(const assay_host* host, void* pointer, uint64_t bytes) {
  if (pointer == NULL) return;
  if (ASSAY_HAS(host, free) && host->free != NULL) {
    host->free(host->context, pointer, bytes);
  } else {
    free(pointer);
  }
}

static const char* const workloads[] = {"stub.table", NULL};
static const char* const needs[] = {NULL};
#ifdef ABI_CUT
#define CUT_SIZE(type, last) ((uint32_t)offsetof(type, last))
static const assay_variant variant = {
    CUT_SIZE(assay_variant, build),    0, ASSAY_VARIANT_ID, "plain C99", workloads, needs,
    (const char*)0x5a5a5a5a5a5a5a5aULL};
#else
static const assay_variant variant = {
    .struct_size = sizeof variant,
    .id = ASSAY_VARIANT_ID,
    .summary = "plain C99",
    .workloads = workloads,
    .needs = needs,
    .build = ASSAY_BUILD_TEXT,
};
#endif

static const assay_variant* describe(uint32_t index) {
  return index == 0 ? &variant : NULL;
}

static assay_status probe(uint32_t index, assay_error* error) {
  return index == 0 ? ASSAY_OK : fail(error, ASSAY_E_INVALID, "no variant", "with this index");
}

static assay_status read_rounds(const assay_params* params, uint64_t* rounds, assay_error* error) {
  *rounds = 1;
  for (uint32_t i = 0; i < params->count; ++i) {
    char* end = NULL;
    if (strcmp(params->items[i].key, "rounds") != 0) continue;
    *rounds = strtoull(params->items[i].value, &end, 10);
    if (*end != '\0')
      return fail(error, ASSAY_E_INVALID, "parameter 'rounds' must be a number, it is", params->items[i].value);
  }
  return ASSAY_OK;
}

static assay_status init(uint32_t index, const assay_host* host, const assay_params* params, assay_instance** out,
                         assay_error* error) {
  assay_instance* self;
  uint64_t rounds;
  assay_status status;
  (void)index;
#ifdef ABI_NEXT
  if (ASSAY_HAS(host, appended) && host->appended != ABI_APPENDED_VALUE) {
    return fail(error, ASSAY_E_INTERNAL, "read a field of the host that", "it does not have");
  }
#endif
  status = read_rounds(params, &rounds, error);
  if (status != ASSAY_OK) return status;
  self = calloc(1, sizeof *self);
  if (self == NULL) return fail(error, ASSAY_E_NO_MEMORY, "no memory for", "the instance");
  self->host = host;
  self->rounds = rounds;
  *out = self;
  return ASSAY_OK;
}

static const assay_column* find(const assay_table* table, const char* name) {
  for (uint32_t i = 0; i < table->column_count; ++i) {
    if (strcmp(table->columns[i]->name, name) == 0) return table->columns[i];
  }
  return NULL;
}

static assay_status prepare(assay_instance* self, const assay_dataset* dataset, assay_error* error) {
  for (uint32_t i = 0; i < dataset->table_count; ++i) {
    const assay_table* table = dataset->tables[i];
    const assay_column* ids = find(table, "id");
    const assay_column* dates = find(table, "birthdate");
    if (strcmp(table->name, "left") != 0) continue;
    if (ids == NULL || dates == NULL) return fail(error, ASSAY_E_INVALID, "a column is missing in table", table->name);
    self->rows = table->row_count;
    self->ids = ids->data;
    self->dates = dates->data;
    return ASSAY_OK;
  }
  return fail(error, ASSAY_E_INVALID, "no table", "left");
}

static void release(assay_instance* self) {
  give_back(self->host, self->mixed, self->capacity * sizeof *self->mixed);
  give_back(self->host, self->offsets, (self->capacity + 1) * sizeof *self->offsets);
  give_back(self->host, self->labels, self->capacity * MAX_LABEL);
  self->mixed = NULL;
  self->offsets = NULL;
  self->labels = NULL;
  self->capacity = 0;
}

static assay_status reserve(assay_instance* self, assay_error* error) {
  release(self);
  self->capacity = self->rows + 1; /* never 0 bytes */
  self->mixed = take(self->host, self->capacity * sizeof *self->mixed);
  self->offsets = take(self->host, (self->capacity + 1) * sizeof *self->offsets);
  self->labels = take(self->host, self->capacity * MAX_LABEL);
  if (self->mixed == NULL || self->offsets == NULL || self->labels == NULL) {
    return fail(error, ASSAY_E_NO_MEMORY, "no memory for", "the result");
  }
  return ASSAY_OK;
}

static int is_cancelled(const assay_host* host) {
  return ASSAY_HAS(host, is_cancelled) && host->is_cancelled != NULL && host->is_cancelled(host->context) != 0;
}

static assay_status run(assay_instance* self, assay_error* error) {
  const assay_status status = reserve(self, error);
  if (status != ASSAY_OK) return status;
  self->offsets[0] = 0;
  for (uint64_t row = 0; row < self->rows; ++row) {
    if (row % 64 == 0 && is_cancelled(self->host)) return fail(error, ASSAY_E_CANCELLED, "cancelled in", "run");
    self->mixed[row] = mix((uint32_t)self->dates[row], self->rounds);
    self->offsets[row + 1] =
        self->offsets[row] + sprintf(self->labels + self->offsets[row], "%u", (unsigned)(self->mixed[row] % 1000));
  }
  return ASSAY_OK;
}

static assay_column column(assay_type type, const char* name, const void* offsets, const void* data) {
  assay_column made;
  memset(&made, 0, sizeof made);
  made.struct_size = sizeof made;
  made.type = type;
  made.name = name;
  made.offsets = offsets;
  made.data = data;
  return made;
}

static assay_status collect(assay_instance* self, const assay_table** out, assay_error* error) {
  (void)error;
  self->columns[0] = column(ASSAY_TYPE_INT64, "id", NULL, self->ids);
  self->columns[1] = column(ASSAY_TYPE_UINT64, "mixed", NULL, self->mixed);
  self->columns[2] = column(ASSAY_TYPE_UTF8, "label", self->offsets, self->labels);
  for (int i = 0; i < 3; ++i) self->pointers[i] = &self->columns[i];
  self->table.struct_size = sizeof self->table;
  self->table.column_count = 3;
  self->table.name = "mixed";
  self->table.row_count = self->rows;
  self->table.columns = self->pointers;
  *out = &self->table;
  return ASSAY_OK;
}

static void teardown(assay_instance* self) {
  free(self);
}

#ifdef ABI_CUT
static const assay_plugin plugin = {CUT_SIZE(assay_plugin, extension),
                                    ASSAY_ABI_MAJOR,
                                    ASSAY_ABI_MINOR,
                                    1,
                                    describe,
                                    probe,
                                    init,
                                    prepare,
                                    run,
                                    collect,
                                    release,
                                    teardown,
                                    (const void* (*)(const char*))0x5a5a5a5a5a5a5a5aULL};
#else
static const assay_plugin plugin = {
    .struct_size = sizeof plugin,
    .abi_major = ASSAY_ABI_MAJOR,
    .abi_minor = ASSAY_ABI_MINOR,
    .variant_count = 1,
    .describe = describe,
    .probe = probe,
    .init = init,
    .prepare = prepare,
    .run = run,
    .collect = collect,
    .reset = release,
    .teardown = teardown,
};
#endif

const assay_plugin* assay_plugin_v1(void) {
  return &plugin;
}
