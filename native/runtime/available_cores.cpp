#include "native/runtime/available_cores.hpp"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <thread>

namespace cellmnn {
namespace {

constexpr double kNoLimit = std::numeric_limits<double>::infinity();

/// cpu.max holds "QUOTA PERIOD" or "max PERIOD".
double quota_of(const std::string& path) {
  std::ifstream file(path);
  double quota = 0, period = 0;
  return file >> quota >> period && quota > 0 && period > 0 ? quota / period : kNoLimit;
}

/// The line of version 2 in /proc/self/cgroup is "0::/PATH".
std::string own_group() {
  std::ifstream file("/proc/self/cgroup");
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("0::", 0) == 0) return line.substr(3);
  }
  return "/";
}

int affinity_cores() {
  cpu_set_t mask;
  if (sched_getaffinity(0, sizeof mask, &mask) == 0) return CPU_COUNT(&mask);
  return static_cast<int>(std::thread::hardware_concurrency());
}

}  // namespace

double control_group_cores(const std::string& root, const std::string& group) {
  double least = kNoLimit;
  for (std::string path = group; !path.empty(); path.resize(path.find_last_of('/'))) {
    if (path == "/") break;
    least = std::min(least, quota_of(root + path + "/cpu.max"));
  }
  return std::min(least, quota_of(root + "/cpu.max"));
}

int available_cores() {
  const double quota = std::ceil(control_group_cores("/sys/fs/cgroup", own_group()));
  const int cores = std::max(affinity_cores(), 1);
  return quota < cores ? static_cast<int>(quota) : cores;
}

}  // namespace cellmnn
