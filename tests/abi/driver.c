/* A small host in C99, built once for each version of the header.
 *
 *  ABI_HEADER  the header to build against
 *  ABI_DRIVE   name of the function
 *  ABI_NEXT    the header has appended fields: fill the host's
 *  ABI_CUT     show the host's struct up to its context only, with garbage behind, so that who reads it dies */
#include ABI_HEADER

#include "tests/abi/driver.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/abi/appended.h"

#define GUARD 0x5a

typedef struct guarded_error {
  assay_error error;
  unsigned char guard[256];
} guarded_error;

static void quiet(void* context, assay_severity severity, const char* utf8) {
  (void)context, (void)severity, (void)utf8;
}
static int32_t never(void* context) {
  (void)context;
  return 0;
}
static void* take(void* context, uint64_t bytes, uint64_t alignment) {
  (void)context, (void)alignment;
  return malloc((size_t)bytes);
}
static void give_back(void* context, void* pointer, uint64_t bytes) {
  (void)context, (void)bytes;
  free(pointer);
}
static void note(void* context, assay_space space, int64_t delta_bytes) {
  (void)context, (void)space, (void)delta_bytes;
}
static void count(void* context, assay_counter counter, uint64_t delta) {
  (void)context, (void)counter, (void)delta;
}
static void phase(void* context, const char* name, uint64_t nanoseconds) {
  (void)context, (void)name, (void)nanoseconds;
}
static const void* extension(void* context, const char* id) {
  (void)context, (void)id;
  return NULL;
}

static void make_host(assay_host* host) {
  memset(host, 0, sizeof *host);
  host->struct_size = sizeof *host;
  host->thread_budget = 1;
  host->log = quiet;
  host->is_cancelled = never;
  host->alloc = take;
  host->free = give_back;
  host->note_memory = note;
  host->count = count;
  host->phase = phase;
  host->extension = extension;
#ifdef ABI_NEXT
  host->appended = ABI_APPENDED_VALUE;
#endif
#ifdef ABI_CUT
  host->struct_size = (uint32_t)offsetof(assay_host, log);
  memset((char*)host + host->struct_size, GUARD, sizeof *host - host->struct_size);
#endif
}

static void make_error(guarded_error* guarded) {
  memset(guarded, 0, sizeof *guarded);
  memset(guarded->guard, GUARD, sizeof guarded->guard);
  guarded->error.struct_size = sizeof guarded->error;
}

static void check_guard(const guarded_error* guarded, abi_answer* answer) {
  for (size_t i = 0; i < sizeof guarded->guard; ++i) {
    if (guarded->guard[i] != GUARD) answer->wrote_beyond_error = 1;
  }
}

static int went_wrong(const char* call, assay_status status, const guarded_error* guarded, abi_answer* answer) {
  check_guard(guarded, answer);
  if (status == ASSAY_OK) return 0;
  answer->failed = call;
  snprintf(answer->message, sizeof answer->message, "%.199s", guarded->error.message);
  return 1;
}

static void copy_result(const assay_table* table, abi_answer* answer) {
  const int64_t* ids = table->columns[0]->data;
  const uint64_t* mixed = table->columns[1]->data;
  const int32_t* offsets = table->columns[2]->offsets;
  const char* labels = table->columns[2]->data;
  if (table->row_count != ABI_ROWS) {
    answer->failed = "collect: row count";
    return;
  }
  for (int row = 0; row < ABI_ROWS; ++row) {
    answer->ids[row] = ids[row];
    answer->mixed[row] = mixed[row];
    snprintf(answer->labels[row], sizeof answer->labels[row], "%.*s", (int)(offsets[row + 1] - offsets[row]),
             labels + offsets[row]);
  }
}

static void make_column(assay_column* column, assay_type type, const char* name, const void* data) {
  memset(column, 0, sizeof *column);
  column->struct_size = sizeof *column;
  column->type = type;
  column->name = name;
  column->data = data;
}

static void call_in_order(const assay_plugin* plugin, assay_instance* instance, abi_answer* answer) {
  static const int64_t ids[ABI_ROWS] = {1, 2, 3};
  static const int32_t dates[ABI_ROWS] = {0, 1000, -5};
  assay_column id;
  assay_column date;
  const assay_column* columns[2];
  assay_table left;
  const assay_table* tables[1];
  assay_dataset dataset;
  guarded_error guarded;
  const assay_table* result = NULL;

  make_column(&id, ASSAY_TYPE_INT64, "id", ids);
  make_column(&date, ASSAY_TYPE_DATE32, "birthdate", dates);
  columns[0] = &id;
  columns[1] = &date;
  memset(&left, 0, sizeof left);
  left.struct_size = sizeof left;
  left.column_count = 2;
  left.name = "left";
  left.row_count = ABI_ROWS;
  left.columns = columns;
  tables[0] = &left;
  memset(&dataset, 0, sizeof dataset);
  dataset.struct_size = sizeof dataset;
  dataset.table_count = 1;
  dataset.tables = tables;

  make_error(&guarded);
  if (went_wrong("prepare", plugin->prepare(instance, &dataset, &guarded.error), &guarded, answer)) return;
  if (went_wrong("run", plugin->run(instance, &guarded.error), &guarded, answer)) return;
  if (went_wrong("collect", plugin->collect(instance, &result, &guarded.error), &guarded, answer)) return;
  copy_result(result, answer);
}

void ABI_DRIVE(const void* table, abi_answer* answer) {
  static const assay_param rounds = {"rounds", "3"};
  const assay_plugin* plugin = table;
  assay_instance* instance = NULL;
  assay_host host;
  assay_params params;
  guarded_error guarded;

  memset(answer, 0, sizeof *answer);
  make_host(&host);
  memset(&params, 0, sizeof params);
  params.struct_size = sizeof params;
  params.count = 1;
  params.workload = "stub.table";
  params.items = &rounds;

  make_error(&guarded);
  plugin->probe(plugin->variant_count, &guarded.error);
  check_guard(&guarded, answer);
  snprintf(answer->refusal, sizeof answer->refusal, "%.199s", guarded.error.message);
  make_error(&guarded);
  if (went_wrong("init", plugin->init(0, &host, &params, &instance, &guarded.error), &guarded, answer)) return;
  call_in_order(plugin, instance, answer);
  plugin->reset(instance);
  plugin->teardown(instance);
}
