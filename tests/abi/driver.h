/* Hosts of several versions, each driving a plugin once through the order of calls; see driver.c. */
#ifndef ASSAY_TESTS_ABI_DRIVER_H
#define ASSAY_TESTS_ABI_DRIVER_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ABI_ROWS 3

typedef struct abi_answer {
  const char* failed;    /* the call that failed; null: none */
  char message[200];     /* what it said */
  int64_t ids[ABI_ROWS]; /* the result */
  uint64_t mixed[ABI_ROWS];
  char labels[ABI_ROWS][8];
  char refusal[200];      /* what probe says to an index that does not exist */
  int wrote_beyond_error; /* 1: wrote after the end of the host's assay_error */
} abi_answer;

/* plugin: what assay_plugin_v1 of the module returned. */
void abi_drive_current(const void* plugin, abi_answer* answer);
void abi_drive_frozen_1_0(const void* plugin, abi_answer* answer);
void abi_drive_next(const void* plugin, abi_answer* answer);
void abi_drive_cut(const void* plugin, abi_answer* answer); /* offers nothing but its context */

#ifdef __cplusplus
}
#endif

#endif
