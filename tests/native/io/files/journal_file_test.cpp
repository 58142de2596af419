#include "native/io/files/journal_file.hpp"

#include <fstream>
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "cellmnn/error.hpp"
#include "error_matcher.hpp"
#include "native/temp_folder.hpp"

using namespace cellmnn;
using nlohmann::ordered_json;

namespace {

const ordered_json kHeader = {{"data", 17}, {"options", {{"steps", 5}, {"lr", 0.1}}}};

void write(const std::string& path, const std::string& bytes) { std::ofstream(path) << bytes; }

}  // namespace

TEST_CASE("a journal gives back what was appended", "[journal]") {
  const TempFolder folder;
  const std::string path = folder.file("journal");
  {
    JournalFile journal(path, kHeader);
    CHECK(journal.entries().empty());
    journal.append({{"w1", 0.1}});
    journal.append({{"w1", 1.0 / 3}});
  }
  JournalFile again(path, kHeader);
  REQUIRE(again.entries().size() == 2);
  CHECK(again.entries()[1].at("w1").get<double>() == 1.0 / 3);
  again.append({{"w1", 3}});
  CHECK(JournalFile(path, kHeader).entries().size() == 3);
}

TEST_CASE("a last line that was cut off is removed from a journal", "[journal]") {
  const TempFolder folder;
  const std::string path = folder.file("journal");
  JournalFile(path, kHeader).append({{"w1", 1}});
  const std::string whole = bytes_of(path);
  write(path, whole + "{\"w1\": 2");
  JournalFile journal(path, kHeader);
  CHECK(journal.entries().size() == 1);
  CHECK(bytes_of(path) == whole);
}

TEST_CASE("a journal with another header is refused and says what differs", "[journal]") {
  const TempFolder folder;
  const std::string path = folder.file("journal");
  JournalFile(path, kHeader).append({{"w1", 1}});
  const std::string before = bytes_of(path);
  ordered_json other = kHeader;
  other["options"]["steps"] = 6;
  CHECK_THROWS_MATCHES(JournalFile(path, other), Error,
                       error_with(ErrorCode::bad_input, {path, "steps was 5 and is 6"}));
  other = kHeader;
  other["data"] = 18;
  CHECK_THROWS_MATCHES(JournalFile(path, other), Error,
                       error_with(ErrorCode::bad_input, {"data was 17 and is 18"}));
  other = kHeader;
  other["more"] = 1;
  CHECK_THROWS_MATCHES(JournalFile(path, other), Error,
                       error_with(ErrorCode::bad_input, {"more was null and is 1"}));
  other = {{"data", 17}};
  CHECK_THROWS_MATCHES(JournalFile(path, other), Error, error_with(ErrorCode::bad_input, {"does not know"}));
  CHECK(bytes_of(path) == before);
}

TEST_CASE("a file that is no journal is refused and left as it is", "[journal]") {
  const TempFolder folder;
  const std::string path = folder.file("notes");
  for (const std::string text : {"my notes\n", "no newline", "{\"a\": 1}\n", "[1]\n"}) {
    write(path, text);
    CHECK_THROWS_MATCHES(JournalFile(path, kHeader), Error,
                         error_with(ErrorCode::bad_input, {path, "not a journal"}));
    CHECK(bytes_of(path) == text);
  }
  std::filesystem::remove(path);
  JournalFile(path, kHeader).append({{"w1", 1}});
  write(path, bytes_of(path) + "damaged\n");
  CHECK_THROWS_MATCHES(JournalFile(path, kHeader), Error, error_with(ErrorCode::bad_input, {"damaged line"}));
}

TEST_CASE("an empty file becomes a journal; one that cannot be written is refused", "[journal]") {
  const TempFolder folder;
  write(folder.file("empty"), "");
  JournalFile(folder.file("empty"), kHeader).append({{"w1", 1}});
  CHECK(JournalFile(folder.file("empty"), kHeader).entries().size() == 1);
  CHECK_THROWS_MATCHES(JournalFile(folder.file("no/journal"), kHeader), Error,
                       error_with(ErrorCode::bad_input, {"no/journal"}));
}

TEST_CASE("what is no file, and lines that nest without end, are no journals", "[journal]") {
  CHECK_THROWS_MATCHES(JournalFile("/dev/null", kHeader), Error,
                       error_with(ErrorCode::bad_input, {"/dev/null", "not a regular file"}));
  const TempFolder folder;
  const std::string path = folder.file("journal");
  JournalFile(path, kHeader).append({{"w1", 1}});
  const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
  write(path, bytes_of(path) + deep + "\n");
  CHECK_THROWS_MATCHES(JournalFile(path, kHeader), Error,
                       error_with(ErrorCode::bad_input, {"journal", "damaged line"}));
  write(path, R"({"format":"cellmnn-journal/1","options":)" + deep + "}\n");
  CHECK_THROWS_MATCHES(JournalFile(path, kHeader), Error,
                       error_with(ErrorCode::bad_input, {"not a journal"}));
}
