// The launches for the emulator.
#include "plugins/gpu/enqueue.cu"
