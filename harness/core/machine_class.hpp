// What two measurements must have in common before their times may be compared.
#pragma once

#include <string>

#include "harness/core/json.hpp"

namespace assay {

// The machine class of a record's or run's `environment`: CPU model, cores, operating system and compiler as one line,
//   "AMD EPYC 9B14, 2 cores, Linux 6.1 x86_64, glibc 2.36, compiler 12.2.0"
// Equal text, comparable times. Of the kernel only the first two numbers count: a security update is no other machine.
// What the environment does not tell is "unknown", which equals nothing but itself.
[[nodiscard]] std::string machine_class(const Json& environment);

}  // namespace assay
