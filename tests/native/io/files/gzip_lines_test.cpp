#include "native/io/files/gzip_lines.hpp"

#include <zlib.h>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/temp_folder.hpp"

using namespace cellmnn;

namespace {

std::vector<std::string> lines_of(const std::string& path) {
  GzipLines lines(path);
  std::vector<std::string> result;
  for (std::string_view line; lines.next(line);) result.emplace_back(line);
  CHECK(lines.line() == static_cast<Index>(result.size()));
  return result;
}

void write_gzip(const std::string& path, const std::string& text) {
  const gzFile file = ::gzopen(path.c_str(), "wb");
  ::gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  ::gzclose(file);
}

}  // namespace

TEST_CASE("lines of plain and compressed text are the same", "[gzip-lines]") {
  const TempFolder folder;
  const std::string longer(3'000'000, 'x');  // than the buffer
  const std::string text = "a\n\r\nb c\r\n" + longer + "\n\nlast";
  const std::vector<std::string> expected = {"a", "", "b c", longer, "", "last"};
  CHECK(lines_of(folder.write("plain", text)) == expected);
  write_gzip(folder.file("packed.gz"), text);
  CHECK(lines_of(folder.file("packed.gz")) == expected);
  CHECK(lines_of(folder.write("empty", "")).empty());
  CHECK(lines_of(folder.write("ended", "x\n")) == std::vector<std::string>{"x"});
}

TEST_CASE("damaged compressed text is an error", "[gzip-lines]") {
  const TempFolder folder;
  write_gzip(folder.file("whole.gz"), std::string(1000, 'y') + "\n");
  std::string bytes = bytes_of(folder.file("whole.gz"));
  CHECK_THROWS_MATCHES(lines_of(folder.write("cut.gz", bytes.substr(0, bytes.size() - 5))), Error,
                       error_with(ErrorCode::bad_input, {"cut.gz", "damaged or truncated"}));
  bytes[bytes.size() - 6] ^= 1;  // the checksum
  CHECK_THROWS_MATCHES(lines_of(folder.write("flipped.gz", bytes)), Error,
                       error_with(ErrorCode::bad_input, {"flipped.gz", "damaged or truncated"}));
  CHECK_THROWS_MATCHES(lines_of(folder.file("none")), Error,
                       error_with(ErrorCode::bad_input, {"there is no such file"}));
}

TEST_CASE("a line without end is refused before it fills the memory", "[gzip-lines]") {
  const TempFolder folder;
  std::string endless = "first\n";
  endless.resize(150'000'000, 'x');
  write_gzip(folder.file("bomb.gz"), endless);
  GzipLines lines(folder.file("bomb.gz"));
  std::string_view line;
  CHECK(lines.next(line));
  CHECK_THROWS_MATCHES(lines.next(line), Error,
                       error_with(ErrorCode::bad_input, {"bomb.gz", "line 2", "bytes"}));
}
