#include "native/io/hdf5/hdf5_guard.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "catch.hpp"
#include "native/io/files/output_file.hpp"
#include "native/temp_folder.hpp"

using namespace cellmnn;

TEST_CASE("when HDF5 crashes, the program ends as for bad input and leaves no half output",
          "[hdf5][output]") {
  const TempFolder folder;
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(STDERR_FILENO);
    const PendingFile output(folder.file("out.h5ad"));
    folder.write(std::filesystem::path(output.name()).filename(), "half");
    const hdf5::Guard guard("in.h5ad");
    ::raise(SIGSEGV);
    ::_exit(0);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 3);
  CHECK(folder.names().empty());
}
