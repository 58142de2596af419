#include "native/io/files/journal.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <exception>
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

void append(const std::string& path, const ordered_json& entry, const ordered_json& header = kHeader) {
  Journal journal(path, header);
  journal.open();
  journal.append(entry);
}

std::size_t entries_in(const std::string& path) { return Journal(path, kHeader).entries().size(); }

/// The superuser, who may write everywhere, opens files as nobody until the end of the scope.
class WithoutRights {
 public:
  WithoutRights() {
    if (user_ == 0) REQUIRE(::seteuid(65534) == 0);
  }
  ~WithoutRights() {
    if (user_ == 0 && ::seteuid(0) != 0) std::terminate();
  }
  WithoutRights(const WithoutRights&) = delete;
  WithoutRights& operator=(const WithoutRights&) = delete;

 private:
  const uid_t user_ = ::geteuid();
};

}  // namespace

TEST_CASE("a journal gives back what was appended", "[journal]") {
  const TempFolder folder;
  const std::string path = folder.file("journal");
  {
    Journal journal(path, kHeader);
    CHECK(journal.entries().empty());
    journal.open();
    journal.append({{"w1", 0.1}});
    journal.append({{"w1", 1.0 / 3}});
  }
  const Journal again(path, kHeader);
  REQUIRE(again.entries().size() == 2);
  CHECK(again.entries()[1].at("w1").get<double>() == 1.0 / 3);
  append(path, {{"w1", 3}});
  CHECK(entries_in(path) == 3);
}

TEST_CASE("a last line that was cut off is no entry, and gives way to the next one", "[journal]") {
  const TempFolder folder;
  const std::string path = folder.file("journal");
  append(path, {{"w1", 1}});
  const std::string whole = bytes_of(path);
  write(path, whole + "{\"w1\": 2");
  Journal journal(path, kHeader);
  CHECK(journal.entries().size() == 1);
  CHECK(bytes_of(path) == whole + "{\"w1\": 2");
  journal.open();
  CHECK(bytes_of(path) == whole);
}

TEST_CASE("a header that was cut off is written again", "[journal]") {
  const TempFolder folder;
  const std::string path = folder.file("journal");
  append(path, {{"w1", 1}});
  const std::string whole = bytes_of(path);
  for (const std::size_t length : {std::size_t{3}, whole.find('\n')}) {
    write(path, whole.substr(0, length));
    append(path, {{"w1", 1}});
    CHECK(bytes_of(path) == whole);
  }
}

TEST_CASE("a journal with another header is refused and says what differs", "[journal]") {
  const TempFolder folder;
  const std::string path = folder.file("journal");
  append(path, {{"w1", 1}});
  const std::string before = bytes_of(path);
  ordered_json other = kHeader;
  other["options"]["steps"] = 6;
  CHECK_THROWS_MATCHES(Journal(path, other), Error,
                       error_with(ErrorCode::bad_input, {path, "steps was 5 and is 6"}));
  other = kHeader;
  other["data"] = 18;
  CHECK_THROWS_MATCHES(Journal(path, other), Error,
                       error_with(ErrorCode::bad_input, {"data was 17 and is 18"}));
  other = kHeader;
  other["more"] = 1;
  CHECK_THROWS_MATCHES(Journal(path, other), Error,
                       error_with(ErrorCode::bad_input, {"more was null and is 1"}));
  other = {{"data", 17}};
  CHECK_THROWS_MATCHES(Journal(path, other), Error, error_with(ErrorCode::bad_input, {"does not know"}));
  CHECK(bytes_of(path) == before);
}

TEST_CASE("a file that is no journal is refused and left as it is", "[journal]") {
  const TempFolder folder;
  const std::string path = folder.file("notes");
  for (const std::string text : {"my notes\n", "no newline", "{\"a\": 1}\n", "[1]\n"}) {
    write(path, text);
    CHECK_THROWS_MATCHES(Journal(path, kHeader), Error,
                         error_with(ErrorCode::bad_input, {path, "not a journal"}));
    CHECK(bytes_of(path) == text);
  }
  std::filesystem::remove(path);
  append(path, {{"w1", 1}});
  write(path, bytes_of(path) + "damaged\n");
  CHECK_THROWS_MATCHES(Journal(path, kHeader), Error, error_with(ErrorCode::bad_input, {"damaged line"}));
}

TEST_CASE("an empty file becomes a journal; one that cannot be written is refused", "[journal]") {
  const TempFolder folder;
  write(folder.file("empty"), "");
  append(folder.file("empty"), {{"w1", 1}});
  CHECK(entries_in(folder.file("empty")) == 1);
  CHECK_THROWS_MATCHES(append(folder.file("no/journal"), {{"w1", 1}}), Error,
                       error_with(ErrorCode::bad_input, {"no/journal"}));
}

TEST_CASE("what is no file, and lines that nest without end, are no journals", "[journal]") {
  CHECK_THROWS_MATCHES(Journal("/dev/null", kHeader), Error,
                       error_with(ErrorCode::bad_input, {"/dev/null", "not a regular file"}));
  const TempFolder folder;
  const std::string path = folder.file("journal");
  append(path, {{"w1", 1}});
  const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
  write(path, bytes_of(path) + deep + "\n");
  CHECK_THROWS_MATCHES(Journal(path, kHeader), Error,
                       error_with(ErrorCode::bad_input, {"journal", "damaged line"}));
  write(path, R"({"format":"cellmnn-journal/1","options":)" + deep + "}\n");
  CHECK_THROWS_MATCHES(Journal(path, kHeader), Error, error_with(ErrorCode::bad_input, {"not a journal"}));
}

TEST_CASE("one process at a time appends to a file", "[journal]") {
  const TempFolder folder;
  const std::string path = folder.file("journal");
  Journal second(path, kHeader), late(path, kHeader);
  {
    Journal first(path, kHeader);
    first.open();
    first.open();  // changes nothing
    CHECK_THROWS_MATCHES(second.open(), Error,
                         error_with(ErrorCode::bad_input, {path, "another process", "a folder"}));
    CHECK(entries_in(path) == 0);
  }
  // The first one has ended, but what it wrote was not read.
  CHECK_THROWS_MATCHES(late.open(), Error, error_with(ErrorCode::bad_input, {path, "another process"}));
  CHECK_NOTHROW(append(path, {{"w1", 1}}));
}

TEST_CASE("many append to a folder, each to a file of its own", "[journal]") {
  const TempFolder folder;
  const std::string path = folder.file("a/journal/");
  CHECK(entries_in(path) == 0);
  CHECK(folder.names().empty());  // reading makes nothing
  Journal first(path, kHeader), second(path, kHeader);
  first.open();
  second.open();
  first.append({{"w1", 1}});
  second.append({{"w1", 2}});
  first.append({{"w1", 3}});
  CHECK(entries_in(folder.file("a/journal")) == 3);

  write(folder.file("a/journal/cut.jsonl"), R"({"format":"cellmnn-jou)");
  write(folder.file("a/journal/empty.jsonl"), "");
  write(folder.file("a/journal/notes.txt"), "of no account");
  CHECK(entries_in(path) == 3);
  ordered_json other = kHeader;
  other["data"] = 18;
  CHECK_THROWS_MATCHES(Journal(path, other), Error,
                       error_with(ErrorCode::bad_input, {".jsonl", "data was 17 and is 18"}));
  write(folder.file("a/journal/cut.jsonl"), "something else");
  CHECK_THROWS_MATCHES(Journal(path, kHeader), Error,
                       error_with(ErrorCode::bad_input, {"cut.jsonl", "not a journal"}));
}

TEST_CASE("a folder without rights is refused before any work", "[journal]") {
  const TempFolder folder;
  const std::string path = folder.file("journal/");
  append(path, {{"w1", 1}});
  for (const std::string& each : {path, folder.file("")}) REQUIRE(::chmod(each.c_str(), 0555) == 0);
  {
    const WithoutRights nobody;
    CHECK(entries_in(path) == 1);  // it can be read
    CHECK_THROWS_MATCHES(Journal(path, kHeader).open(), Error,
                         error_with(ErrorCode::bad_input, {path, "cannot be written", "Permission denied"}));
    CHECK_THROWS_MATCHES(Journal(folder.file("other/"), kHeader).open(), Error,
                         error_with(ErrorCode::bad_input, {"other/", "Permission denied"}));
  }
  REQUIRE(::chmod(path.c_str(), 0000) == 0);
  {
    const WithoutRights nobody;
    CHECK_THROWS_MATCHES(Journal(path, kHeader), Error,
                         error_with(ErrorCode::bad_input, {path, "cannot be read", "Permission denied"}));
  }
  for (const std::string& each : {path, folder.file("")}) REQUIRE(::chmod(each.c_str(), 0755) == 0);
}
