// The launches for the emulator.
#include "matcher/gpu/engine/enqueue_blocks.cu"
