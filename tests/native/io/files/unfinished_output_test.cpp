#include "native/io/files/unfinished_output.hpp"

#include <algorithm>
#include <optional>

#include "catch.hpp"
#include "native/temp_folder.hpp"

using namespace cellmnn;

TEST_CASE("an output that is not kept is removed with its object", "[output]") {
  const TempFolder folder;
  { const UnfinishedOutput file(folder.write("file", "half")), nothing(folder.file("nothing")); }
  CHECK(folder.names().empty());
  {
    UnfinishedOutput file(folder.write("file", "whole"));
    file.keep();
    const UnfinishedOutput other(folder.write("other", "half"));
  }
  CHECK(folder.names() == std::vector<std::string>{"file"});
}

TEST_CASE("all unfinished outputs are removed at once, and nothing else", "[output]") {
  const TempFolder folder;
  std::filesystem::create_directories(folder.file("made/here"));
  std::filesystem::create_directory(folder.file("full"));
  folder.write("full/of_others", "");
  const UnfinishedOutput outer(folder.file("made")), inner(folder.file("made/here")),
      full(folder.file("full")), file(folder.write("made/here/file", "half"));
  UnfinishedOutput finished(folder.write("finished", "whole"));
  finished.keep();
  std::optional<UnfinishedOutput> gone(folder.file("gone"));
  gone.reset();
  folder.write("gone", "of somebody else");
  UnfinishedOutput::remove_all();
  std::vector<std::string> names = folder.names();
  std::sort(names.begin(), names.end());
  CHECK(names == std::vector<std::string>{"finished", "full", "gone"});
  CHECK(std::filesystem::exists(folder.file("full/of_others")));
}
