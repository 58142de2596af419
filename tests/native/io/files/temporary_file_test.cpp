#include "native/io/files/temporary_file.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>

#include "catch.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/process_name.hpp"
#include "native/temp_folder.hpp"

using namespace cellmnn;

namespace {

/// The name of this process with another number.
std::string process_with(pid_t number) {
  const std::string own = process_name();
  return own.substr(0, own.rfind('.') + 1) + std::to_string(number);
}

std::string dead_process() {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  ::waitpid(child, nullptr, 0);
  return process_with(child);
}

}  // namespace

TEST_CASE("what dead processes left of an output is removed, and nothing else", "[output]") {
  const TempFolder folder;
  const std::string dead = dead_process(), alive = process_with(::getppid());
  folder.write(".out.npz." + dead + ".tmp", "x");
  const std::string old = folder.write(".out.npz.no-such-host.12.tmp", "x");
  std::filesystem::last_write_time(old,
                                   std::filesystem::file_time_type::clock::now() - std::chrono::hours(25));
  const std::vector<std::string> kept = {".out.npz." + alive + ".tmp",
                                         ".out.npz.tmp",
                                         ".out.npz.old.tmp",
                                         ".out.npz.no-such-host.13.tmp",
                                         ".other.npz." + dead + ".tmp",
                                         "out.npz." + dead + ".tmp"};
  for (const std::string& name : kept) folder.write(name, "x");
  remove_dead_temporaries(folder.file("out.npz"));
  std::vector<std::string> names = folder.names();
  std::vector<std::string> expected = kept;
  std::sort(names.begin(), names.end());
  std::sort(expected.begin(), expected.end());
  CHECK(names == expected);
}

TEST_CASE("the next run to an output removes what a killed one has left", "[output]") {
  const TempFolder folder;
  const std::string path = folder.file("out.npz");
  const pid_t child = ::fork();
  if (child == 0) {
    OutputFile file(path);
    file.write("a part of it");
    ::raise(SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WIFSIGNALED(status));
  REQUIRE(folder.names() == std::vector<std::string>{".out.npz." + process_with(child) + ".tmp"});
  SECTION("before it works") { check_writable(path); }
  SECTION("when it writes") {
    write_file(path, "all of it");
    std::filesystem::remove(path);
  }
  CHECK(folder.names().empty());
}

TEST_CASE("a process lives until it has ended, and those of other machines are not known", "[output]") {
  CHECK(is_alive(process_name()) == true);
  CHECK(is_alive(dead_process()) == false);
  for (const std::string name : {"no-such-host.1", "1", "", "."}) CHECK(is_alive(name) == std::nullopt);
  CHECK(is_alive(process_name() + "x") == std::nullopt);
  CHECK(is_alive(process_with(-1)) == std::nullopt);
}
