#include "native/runtime/available_cores.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "catch.hpp"

namespace {

namespace fs = std::filesystem;

/// A tree of control groups with the given cpu.max files, removed in the end.
class Groups {
 public:
  Groups()
      : root_(fs::temp_directory_path() /
              fs::path("cellmnn-groups-" + std::to_string(std::hash<const void*>()(this)))) {
    fs::create_directories(root_);
  }
  ~Groups() { fs::remove_all(root_); }
  Groups(const Groups&) = delete;
  Groups& operator=(const Groups&) = delete;

  void limit(const std::string& group, const std::string& cpu_max) {
    fs::create_directories(root_ / group);
    std::ofstream(root_ / group / "cpu.max") << cpu_max << "\n";
  }
  double cores(const std::string& group) const { return cellmnn::control_group_cores(root_.string(), group); }

 private:
  fs::path root_;
};

}  // namespace

TEST_CASE("there is a core for us", "[available_cores]") { CHECK(cellmnn::available_cores() >= 1); }

TEST_CASE("the least quota of a control group and its parents counts", "[available_cores]") {
  Groups groups;
  CHECK(std::isinf(groups.cores("/a/b")));
  groups.limit("a/b", "max 100000");
  CHECK(std::isinf(groups.cores("/a/b")));
  groups.limit("a/b", "400000 100000");
  CHECK(groups.cores("/a/b") == 4);
  groups.limit("a", "150000 100000");
  CHECK(groups.cores("/a/b") == 1.5);
  CHECK(groups.cores("/a") == 1.5);
  CHECK(std::isinf(groups.cores("/c")));
  CHECK(std::isinf(groups.cores("/")));
  groups.limit(".", "50000 100000");
  CHECK(groups.cores("/") == 0.5);
  CHECK(groups.cores("/a/b") == 0.5);
}
