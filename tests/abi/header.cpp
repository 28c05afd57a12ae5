// The header as C++20, with every warning an error, before anything else is included.
#include ABI_HEADER
