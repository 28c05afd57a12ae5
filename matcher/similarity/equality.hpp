// Chooses how equality masks are made: the build's instruction set decides, the answers are the same.
#pragma once

#if defined(__SSSE3__)
#include "matcher/similarity/equality_ssse3.hpp"
namespace matcher {
using ssse3::fill_equality;
}
#else
#include "matcher/similarity/equality_portable.hpp"
namespace matcher {
using portable::fill_equality;
}
#endif
