/* What a host of the simulated next minor version puts into its appended field. */
#ifndef ASSAY_TESTS_ABI_APPENDED_H
#define ASSAY_TESTS_ABI_APPENDED_H

#define ABI_APPENDED_VALUE 0x00c0ffee00c0ffeeULL

#endif
