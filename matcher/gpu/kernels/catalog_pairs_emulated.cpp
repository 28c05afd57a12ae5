// The catalogue for the emulator.
#include "matcher/gpu/kernels/catalog_pairs.cu"
