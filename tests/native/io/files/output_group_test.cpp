#include "native/io/files/output_group.hpp"

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/output_file.hpp"
#include "native/temp_folder.hpp"

using namespace cellmnn;

TEST_CASE("outputs of a group appear together", "[output]") {
  const TempFolder folder;
  const std::string first = folder.write("first", "old"), second = folder.file("made/here/second");
  OutputGroup outputs;
  write_file(first, "new");
  make_folder(folder.file("made/here"));
  write_file(second, "new");
  CHECK(read_file(first) == "old");
  CHECK_FALSE(std::filesystem::exists(second));
  outputs.appear();
  CHECK(read_file(first) == "new");
  CHECK(read_file(second) == "new");
}

TEST_CASE("of a group that does not come to its end nothing is left", "[output]") {
  const TempFolder folder;
  const std::string first = folder.write("first", "old");
  {
    const OutputGroup outputs;
    write_file(first, "new");
    make_folder(folder.file("made/here"));
    write_file(folder.file("made/here/second"), "new");
  }
  CHECK(read_file(first) == "old");
  CHECK(folder.names() == std::vector<std::string>{"first"});
  write_file(first, "alone");
  CHECK(read_file(first) == "alone");
}

TEST_CASE("an output of a group that cannot take its name is an error, and no temporary file stays",
          "[output]") {
  const TempFolder folder;
  {
    OutputGroup outputs;
    write_file(folder.file("first"), "new");
    make_folder(folder.file("first"));
    write_file(folder.file("first/inside"), "keeps the folder");
    CHECK_THROWS_MATCHES(outputs.appear(), Error,
                         error_with(ErrorCode::bad_input, {"first", "cannot be written"}));
  }
  CHECK(folder.names().empty());
}
