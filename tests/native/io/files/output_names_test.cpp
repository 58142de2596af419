#include "native/io/files/output_names.hpp"

#include <sys/stat.h>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/temp_folder.hpp"

using namespace cellmnn;

TEST_CASE("what is a stream", "[output]") {
  const TempFolder folder;
  const std::string pipe = folder.file("pipe");
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  for (const std::string& name :
       {std::string("-"), std::string("/dev/stdout"), std::string("/dev/null"), pipe}) {
    CHECK(is_stream(name));
  }
  CHECK_FALSE(is_stream(folder.write("file", "x")));
  CHECK_FALSE(is_stream(folder.file("none")));
  CHECK_FALSE(is_stream(folder.file(".")));
}

TEST_CASE("endings are checked, the case of letters aside", "[output]") {
  CHECK_NOTHROW(check_ending("--output", "a.H5AD", {".h5ad", ".csv"}));
  CHECK_NOTHROW(check_ending("--output", "", {".h5ad"}));
  CHECK_NOTHROW(check_ending("--output", "-", {".h5ad"}));
  CHECK_THROWS_MATCHES(check_ending("--output", "a.txt", {".h5ad", ".npz", ".csv"}), Error,
                       error_with(ErrorCode::usage, {"--output", "'a.txt'", ".h5ad, .npz or .csv"}));
}

TEST_CASE("two outputs are not one file", "[output]") {
  const TempFolder folder;
  const std::string file = folder.write("a.json", "x");
  std::filesystem::create_hard_link(file, folder.file("b.json"));
  CHECK_NOTHROW(
      check_outputs_differ({{"--json", file}, {"--csv", folder.file("c.csv")}, {"--tsv", ""}, {"-o", ""}}));
  for (const std::string& same : {file, folder.file("./a.json"), folder.file("b.json")}) {
    CHECK_THROWS_MATCHES(check_outputs_differ({{"--json", file}, {"--csv", same}}), Error,
                         error_with(ErrorCode::usage, {"--json and --csv are both"}));
  }
}
