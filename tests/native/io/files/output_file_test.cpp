#include "native/io/files/output_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <exception>
#include <thread>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/temp_folder.hpp"

using namespace cellmnn;

namespace {

/// The superuser may write everywhere, so he becomes nobody until the end of the scope.
class OrdinaryUser {
 public:
  OrdinaryUser() {
    if (user_ == 0) REQUIRE(::setreuid(kNobody, 0) == 0);
  }
  ~OrdinaryUser() {
    if (user_ == 0 && ::setreuid(0, 0) != 0) std::terminate();
  }
  OrdinaryUser(const OrdinaryUser&) = delete;
  OrdinaryUser& operator=(const OrdinaryUser&) = delete;

 private:
  static constexpr uid_t kNobody = 65534;
  const uid_t user_ = ::getuid();
};

}  // namespace

TEST_CASE("a file appears whole and nothing else does", "[output]") {
  const TempFolder folder;
  const std::string path = folder.file("out.bin");
  const std::string bytes("a\0b\n", 4);
  write_file(path, bytes);
  CHECK(bytes_of(path) == bytes);
  write_file(path, "second");
  CHECK(bytes_of(path) == "second");
  CHECK(folder.names() == std::vector<std::string>{"out.bin"});
}

TEST_CASE("a file that cannot take its name leaves the old one and nothing else", "[output]") {
  const TempFolder folder;
  std::filesystem::create_directories(folder.file("out.bin/inside"));
  CHECK_THROWS_MATCHES(write_file(folder.file("out.bin"), "x"), Error,
                       error_with(ErrorCode::bad_input, {"out.bin", "cannot be written"}));
  CHECK(std::filesystem::is_directory(folder.file("out.bin/inside")));
  CHECK(folder.names() == std::vector<std::string>{"out.bin"});
}

TEST_CASE("devices are written to directly", "[output]") {
  CHECK_NOTHROW(check_writable("/dev/null"));
  CHECK_NOTHROW(write_file("/dev/null", "x"));
  CHECK(std::filesystem::is_character_file("/dev/null"));
  CHECK_THROWS_MATCHES(write_file("/dev/full", "x"), Error,
                       error_with(ErrorCode::bad_input, {"/dev/full", "No space left on device"}));
}

TEST_CASE("what cannot be written is refused before any work", "[output]") {
  const TempFolder folder;
  const std::string input = folder.write("input.csv", "day,a\n");
  CHECK_NOTHROW(check_writable(folder.file("new.bin"), {input}));
  CHECK_THROWS_MATCHES(check_writable(folder.file("none/out.bin")), Error,
                       error_with(ErrorCode::bad_input, {"none/out.bin", "there is no folder"}));
  CHECK_THROWS_MATCHES(check_writable(folder.file("")), Error,
                       error_with(ErrorCode::bad_input, {"is a folder"}));
  CHECK_THROWS_MATCHES(check_writable(input + "/out.bin"), Error,
                       error_with(ErrorCode::bad_input, {"there is no folder"}));
  CHECK_THROWS_MATCHES(check_writable(input, {folder.file("other"), input}), Error,
                       error_with(ErrorCode::bad_input, {"is an input", "overwritten"}));

  const std::string link = folder.file("link.csv");
  std::filesystem::create_symlink(input, link);
  CHECK_THROWS_MATCHES(check_writable(link, {input}), Error,
                       error_with(ErrorCode::bad_input, {"is an input"}));
  CHECK(bytes_of(input) == "day,a\n");
}

TEST_CASE("missing permission is an error with the system's reason", "[output]") {
  const OrdinaryUser user;
  CHECK_THROWS_MATCHES(check_writable("/out.bin"), Error,
                       error_with(ErrorCode::bad_input, {"Permission denied"}));
}

TEST_CASE("a folder that takes no files is an error", "[output]") {
  CHECK_THROWS_MATCHES(write_file("/proc/out.bin", "x"), Error,
                       error_with(ErrorCode::bad_input, {"/proc/out.bin", "cannot be written"}));
}

TEST_CASE("a folder is made with those above it", "[output]") {
  const TempFolder folder;
  const std::string path = folder.file("a/b/c");
  make_folder(path);
  make_folder(path);
  write_file(path + "/out.bin", "x");
  CHECK(bytes_of(path + "/out.bin") == "x");
  CHECK_THROWS_MATCHES(make_folder(path + "/out.bin/d"), Error,
                       error_with(ErrorCode::bad_input, {"out.bin/d", "cannot be made as a folder"}));
}

TEST_CASE("a pipe is written to and stays a pipe; a link stays a link", "[output]") {
  const TempFolder folder;
  const std::string pipe = folder.file("pipe");
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  std::string received;
  std::thread reader([&] { received = bytes_of(pipe); });
  CHECK_NOTHROW(check_writable(pipe));
  write_file(pipe, "through");
  reader.join();
  CHECK(received == "through");
  CHECK(std::filesystem::is_fifo(pipe));

  const std::string target = folder.write("target.bin", "old"), link = folder.file("link.bin");
  std::filesystem::create_symlink(target, link);
  write_file(link, "new");
  CHECK(std::filesystem::is_symlink(link));
  CHECK(bytes_of(target) == "new");
}
