// What a run within a memory budget reads, and what it may use.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "matcher/io/persons_source.hpp"
#include "matcher/model/error.hpp"

namespace matcher {

// A table that can be read from its start.
struct PartitionedInput {
  std::string name{};       // for errors
  std::string identity{};   // changes when the content changes: path, size, time of change
  std::uint64_t bytes = 0;  // about; 0: not known
  std::function<Result<std::unique_ptr<PersonsSource>>()> open{};
};

struct PartitionedOptions {
  // Of the whole process, resident. At least kLeastMemoryBytes.
  std::size_t memory_bytes = std::size_t{512} << 20;
  std::filesystem::path work_folder{};  // needs room for about twice the input, per group of joins, and for the result
  bool resume = false;                  // go on where an earlier run with the same inputs and options has stopped
};

inline constexpr std::size_t kLeastMemoryBytes = std::size_t{64} << 20;

// What is known of a table after one pass over it.
struct TableFacts {
  std::uint64_t rows = 0;
  ReadReport report{};
  bool ids_ascend = true;                // strictly: then no id occurs twice
  std::array<std::uint64_t, 4> nulls{};  // of first, middle, last name and birthdate
};

}  // namespace matcher
