// Growth policies: what a vector knows about its final size before it is filled.
#pragma once

#include <cstddef>

namespace matcher {

// Vectors start empty and double, copying what they hold, each time they are full.
struct GrownVectors {
  template <class Vector>
  static void expect(Vector&, std::size_t) {}
};

// Vectors reserve their exact final size, or an upper bound or estimate of it where the exact size is not known.
struct ReservedVectors {
  template <class Vector>
  static void expect(Vector& vector, std::size_t size) {
    vector.reserve(size);
  }
};

}  // namespace matcher
