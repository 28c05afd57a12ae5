// What a matching run is asked to do.
#pragma once

#include "matcher/engine/cancellation.hpp"
#include "matcher/model/algorithm.hpp"

namespace matcher {

struct MatchOptions {
  Algorithm algorithm = Algorithm::kA3;
  // A3 and A4 keep a pair if its score reaches this; 0 keeps every pair the case rule accepts. A1 and A2 do not ask.
  double threshold_percent = 95.0;
  // The most threads to use, the calling one included; 0: as many as the process may run on. Results do not depend on
  // it.
  unsigned threads = 0;
  CancelCallback is_cancelled;
};

}  // namespace matcher
