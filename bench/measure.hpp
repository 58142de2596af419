/// Repeated timings and how they are reported.
#pragma once

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <vector>

namespace cellmnn {

/// Seconds of one call of f(), for each of `repeats` calls.
template <typename F>
std::vector<double> time_repeats(int repeats, const F& f) {
  std::vector<double> seconds;
  for (int i = 0; i < repeats; ++i) {
    const auto start = std::chrono::steady_clock::now();
    f();
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    seconds.push_back(elapsed.count());
  }
  return seconds;
}

/// {"median", "min", "repeats"} of the seconds times `scale`.
inline nlohmann::json timing(std::vector<double> seconds, double scale) {
  for (double& s : seconds) s *= scale;
  nlohmann::json json{{"repeats", seconds}};
  std::sort(seconds.begin(), seconds.end());
  json["min"] = seconds.front();
  json["median"] = seconds[seconds.size() / 2];
  return json;
}

}  // namespace cellmnn
