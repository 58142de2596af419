#include "native/io/files/temporary_file.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "catch.hpp"
#include "native/temp_folder.hpp"

using namespace cellmnn;

namespace {

/// The number of a process that has ended.
pid_t dead_process() {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  ::waitpid(child, nullptr, 0);
  return child;
}

}  // namespace

TEST_CASE("what dead processes left of an output is removed, and nothing else", "[output]") {
  const TempFolder folder;
  const std::string dead = std::to_string(dead_process()), alive = std::to_string(::getppid());
  folder.write(".out.npz." + dead + ".tmp", "x");
  const std::vector<std::string> kept = {".out.npz." + alive + ".tmp", ".out.npz.tmp", ".out.npz.old.tmp",
                                         ".other.npz." + dead + ".tmp", "out.npz." + dead + ".tmp"};
  for (const std::string& name : kept) folder.write(name, "x");
  remove_dead_temporaries(folder.file("out.npz"));
  std::vector<std::string> names = folder.names();
  std::vector<std::string> expected = kept;
  std::sort(names.begin(), names.end());
  std::sort(expected.begin(), expected.end());
  CHECK(names == expected);
}
