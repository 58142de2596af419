#include "native/io/files/zip.hpp"

#include <cstring>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/io/files/little_endian.hpp"
#include "native/npz_writer.hpp"
#include "native/temp_folder.hpp"

using namespace cellmnn;

namespace {

constexpr std::size_t kEnd = 22;     // bytes of the end record, which is last
constexpr std::size_t kRecord = 46;  // bytes of a directory entry before its name

std::string archive_of(const std::vector<std::pair<std::string, std::string>>& files) {
  ZipWriter writer;
  for (const auto& [name, bytes] : files) writer.add(name, bytes);
  return writer.finish();
}

std::size_t directory_of(const std::string& archive) {
  return little<std::uint32_t>(archive.data() + archive.size() - kEnd + 16);
}

template <typename Integer>
void patch(std::string& bytes, std::size_t at, Integer value) {
  std::memcpy(bytes.data() + at, &value, sizeof value);
}

/// The content of the first entry.
std::string first(const std::string& archive, std::size_t piece = 1000) {
  const TempFolder folder;
  const InputFile file(folder.write("a.npz", archive));
  const std::vector<ZipEntry> entries = zip_entries(file);
  ZipEntryReader reader(file, entries.at(0));
  std::string bytes(reader.remaining(), '\0');
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    reader.read(bytes.data() + at, std::min(piece, bytes.size() - at));
  }
  return bytes;
}

void refuses(const std::string& archive, const std::vector<std::string>& parts) {
  CHECK_THROWS_MATCHES(first(archive), Error, error_with(ErrorCode::bad_input, parts));
}

/// The only entry's sizes and offset moved to a 64-bit extra field, as numpy does for large arrays.
std::string with_64bit_sizes(std::string archive) {
  const std::size_t record = directory_of(archive);
  std::string extra;
  append_little<std::uint16_t>(extra, 1);
  append_little<std::uint16_t>(extra, 24);
  append_little<std::uint64_t>(extra, little<std::uint32_t>(archive.data() + record + 24));
  append_little<std::uint64_t>(extra, little<std::uint32_t>(archive.data() + record + 20));
  append_little<std::uint64_t>(extra, little<std::uint32_t>(archive.data() + record + 42));
  for (const std::size_t field : {20U, 24U, 42U}) patch<std::uint32_t>(archive, record + field, 0xFFFFFFFF);
  patch(archive, record + 30, static_cast<std::uint16_t>(extra.size()));
  const std::size_t end = archive.size() - kEnd;
  patch(archive, end + 12, static_cast<std::uint32_t>(end - record + extra.size()));
  return archive.insert(end, extra);
}

/// The same archive with the 64-bit end records.
std::string with_64bit_end(std::string archive) {
  const std::size_t record = directory_of(archive), end = archive.size() - kEnd;
  std::string extra = "PK\6\6";
  append_little<std::uint64_t>(extra, 44);
  extra.append(12, '\0');
  append_little<std::uint64_t>(extra, 1);
  append_little<std::uint64_t>(extra, 1);
  append_little<std::uint64_t>(extra, end - record);
  append_little<std::uint64_t>(extra, record);
  extra += "PK\6\7";
  append_little<std::uint32_t>(extra, 0);
  append_little<std::uint64_t>(extra, end);
  append_little<std::uint32_t>(extra, 1);
  patch<std::uint32_t>(archive, end + 12, 0xFFFFFFFF);
  patch<std::uint32_t>(archive, end + 16, 0xFFFFFFFF);
  return archive.insert(end, extra);
}

}  // namespace

TEST_CASE("entries read back, in pieces of any size", "[zip]") {
  std::string bytes;
  for (std::uint32_t i = 0; i < 200000; ++i) bytes += static_cast<char>(i * i % 251);
  const std::string archive = archive_of({{"a", bytes}, {"b", "x"}});
  CHECK(archive.size() < bytes.size() / 2);
  CHECK(first(archive, 7919) == bytes);
  CHECK(first(archive, bytes.size()) == bytes);
  CHECK(first(archive_of({{"empty", ""}})).empty());
}

TEST_CASE("the same entries give the same archive", "[zip]") {
  CHECK(archive_of({{"a", "1"}, {"b", "2"}}) == archive_of({{"a", "1"}, {"b", "2"}}));
}

TEST_CASE("64-bit sizes are understood", "[zip]") {
  const std::string archive = archive_of({{"a", "some content"}});
  CHECK(first(with_64bit_sizes(archive)) == "some content");
  CHECK(first(with_64bit_end(archive)) == "some content");
}

TEST_CASE("stored entries are read and checked", "[zip]") {
  std::string archive = archive_of({{"a", ""}});
  // An empty deflated entry is two bytes; claim that they are stored.
  const std::size_t record = directory_of(archive);
  const auto stored = archive.substr(30 + 1, 2);
  patch<std::uint16_t>(archive, record + 10, 0);
  patch<std::uint32_t>(archive, record + 24, 2);
  refuses(archive, {"'a'", "checksum"});
  patch<std::uint32_t>(archive, record + 24, 3);
  refuses(archive, {"'a'", "two sizes disagree"});
  CHECK(stored.size() == 2);
}

TEST_CASE("damaged archives are refused", "[zip]") {
  const std::string archive = archive_of({{"a", std::string(1000, 'x') + "abcdefgh"}});
  const std::size_t record = directory_of(archive), end = archive.size() - kEnd;

  SECTION("truncated anywhere") {
    for (std::size_t size = 0; size < archive.size(); size += 7) {
      refuses(archive.substr(0, size), {"a.npz", "not a complete zip archive"});
    }
  }
  SECTION("a directory beyond the file") {
    std::string bad = archive;
    patch<std::uint32_t>(bad, end + 16, 0x7FFFFFFF);
    refuses(bad, {"damaged zip directory"});
  }
  SECTION("more entries than fit") {
    std::string bad = archive;
    patch<std::uint16_t>(bad, end + 10, 500);
    refuses(bad, {"damaged zip directory"});
  }
  SECTION("a name that is longer than the directory") {
    std::string bad = archive;
    patch<std::uint16_t>(bad, record + 28, 60000);
    refuses(bad, {"damaged zip directory"});
  }
  SECTION("an entry beyond the file") {
    std::string bad = archive;
    patch<std::uint32_t>(bad, record + 20, 0x10000000);
    refuses(bad, {"'a'", "ends before"});
  }
  SECTION("an absurd size") {
    std::string bad = archive;
    patch<std::uint32_t>(bad, record + 24, 0x70000000);
    refuses(bad, {"'a'", "cannot hold its 1879048192"});
  }
  SECTION("an absurd 64-bit size") {
    std::string bad = with_64bit_sizes(archive);
    patch<std::uint64_t>(bad, record + kRecord + 1 + 4, std::uint64_t{1} << 62);
    refuses(bad, {"'a'", "cannot hold its 4611686018427387904"});
  }
  SECTION("a larger size than the data have") {
    std::string bad = archive;
    patch<std::uint32_t>(bad, record + 24, 1010);
    refuses(bad, {"'a'", "corrupt"});
  }
  SECTION("corrupt data") {
    std::string bad = archive;
    for (std::size_t i = 36; i < 42; ++i) bad[i] = static_cast<char>(~bad[i]);
    refuses(bad, {"'a' is damaged"});
  }
  SECTION("a wrong checksum") {
    std::string bad = archive;
    patch<std::uint32_t>(bad, record + 16, 12345);
    refuses(bad, {"'a'", "checksum"});
  }
  SECTION("an unknown compression") {
    std::string bad = archive;
    patch<std::uint16_t>(bad, record + 10, 14);
    refuses(bad, {"'a'", "zip method 14"});
  }
  SECTION("encryption") {
    std::string bad = archive;
    patch<std::uint16_t>(bad, record + 8, 1);
    refuses(bad, {"'a'", "encrypted"});
  }
  SECTION("a missing header") {
    std::string bad = archive;
    bad[0] = 'X';
    refuses(bad, {"'a'", "header is missing"});
  }
}

TEST_CASE("entries that share bytes are refused", "[zip]") {
  std::string archive = archive_of({{"a", "some content"}, {"b", "some other content"}});
  const std::size_t second = directory_of(archive) + kRecord + 1;
  patch<std::uint32_t>(archive, second + 42, 0);
  refuses(archive, {"damaged zip directory", "'a' and 'b' overlap"});
  patch<std::uint32_t>(archive, second + 42, 35);
  refuses(archive, {"damaged zip directory", "'a' and 'b' overlap"});
}
