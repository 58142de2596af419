#include "native/io/files/zip_parts.hpp"

#include <stdexcept>

#include "catch.hpp"
#include "native/io/files/zip.hpp"
#include "native/io/files/zip_records.hpp"
#include "native/temp_folder.hpp"

using namespace cellmnn;

namespace {

std::string content(const InputFile& file, const ZipEntry& entry) {
  ZipEntryReader reader(file, entry);
  std::string bytes(reader.remaining(), '\0');
  reader.read(bytes.data(), bytes.size());
  return bytes;
}

}  // namespace

TEST_CASE("entries grow side by side", "[zip]") {
  const TempFolder folder;
  const std::string path = folder.file("a.npz");
  ZipParts zip(path, {{"a", 6}, {"empty", 0}, {"b", 4}});
  zip.write(2, "wxy");
  zip.write(0, "abc");
  zip.write(2, "z");
  zip.write(0, "def");
  CHECK(folder.names() != std::vector<std::string>{"a.npz"});
  zip.finish();
  const InputFile file(path);
  const std::vector<ZipEntry> entries = zip_entries(file);
  REQUIRE(entries.size() == 3);
  CHECK(content(file, entries[0]) == "abcdef");
  CHECK(content(file, entries[1]).empty());
  CHECK(content(file, entries[2]) == "wxyz");
  CHECK(folder.names() == std::vector<std::string>{"a.npz"});
}

TEST_CASE("an archive that is not finished leaves nothing", "[zip]") {
  const TempFolder folder;
  {
    ZipParts zip(folder.file("a.npz"), {{"a", 2}});
    zip.write(0, "x");
    CHECK_THROWS_AS(zip.finish(), std::logic_error);
  }
  CHECK(folder.names().empty());
}

TEST_CASE("archives over 4 GiB have numbers of 64 bits", "[zip]") {
  constexpr std::uint64_t kLarge = std::uint64_t{5} << 30;
  const TempFolder folder;
  const ZipEntry large{"large", 0, 0, kLarge, kLarge, 0};
  const std::uint64_t begin = ZipDirectory::header(large).size() + kLarge;
  const ZipEntry small{"small", 0, 0x8CDC1683, 1, 1, begin};  // the checksum of "x"
  SeekableOutput output(folder.file("a.npz"));                // with a hole
  ZipDirectory directory;
  output.write(0, ZipDirectory::header(large));
  output.write(begin, ZipDirectory::header(small) + "x");
  directory.add(large);
  directory.add(small);
  const std::uint64_t end = begin + ZipDirectory::header(small).size() + 1;
  output.write(end, directory.finish(end));
  output.finish();
  const InputFile file(folder.file("a.npz"));
  const std::vector<ZipEntry> entries = zip_entries(file);
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].size == kLarge);
  CHECK(entries[1].header_offset == begin);
  CHECK(content(file, entries[1]) == "x");
}
