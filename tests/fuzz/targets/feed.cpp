#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "cellmnn/error.hpp"
#include "targets.hpp"

namespace cellmnn::fuzzing {
namespace {

namespace fs = std::filesystem;

/// A folder in memory, removed at the end of the process.
class Folder {
 public:
  Folder() {
    std::string name =
        (fs::exists("/dev/shm") ? "/dev/shm" : fs::temp_directory_path().string()) + "/fuzz-XXXXXX";
    if (!mkdtemp(name.data())) throw std::runtime_error("no folder " + name);
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

}  // namespace

const Target& target_named(std::string_view name) {
  std::string names;
  for (const Target& each : targets()) {
    if (each.name == name) return each;
    names += " " + each.name;
  }
  throw std::invalid_argument("there is no target '" + std::string(name) + "'; there are:" + names);
}

void feed(const Target& target, const std::uint8_t* bytes, std::size_t size) {
  static const Folder folder;
  const std::string path = folder.path() / target.file;
  {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(reinterpret_cast<const char*>(bytes), static_cast<std::streamsize>(size));
    if (!file) throw std::runtime_error("cannot write " + path);
  }
  try {
    target.read(path);
  } catch (const Error&) {  // refused, as it may be
  }
}

}  // namespace cellmnn::fuzzing
