// The launches for the emulator.
#include "matcher/gpu/ladder/enqueue.cu"
