// Adds up the seconds of the stages of a run.
#pragma once

#include <chrono>
#include <nlohmann/json.hpp>

namespace matcher {

class Stopwatch {
 public:
  // Seconds since the last call, or since the object was made; kept under this name.
  void lap(const char* stage);
  [[nodiscard]] const nlohmann::ordered_json& stages() const { return stages_; }
  [[nodiscard]] double total_seconds() const;

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_ = start_;
  nlohmann::ordered_json stages_ = nlohmann::ordered_json::object();
};

}  // namespace matcher
