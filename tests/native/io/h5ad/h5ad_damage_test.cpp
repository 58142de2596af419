/// Files that are no .h5ad, or one no longer.
#include "catch.hpp"
#include "native/h5ad_fixture.hpp"
#include "native/io/h5ad/reading.hpp"

using namespace cellmnn;

/// HDF5 1.10 does not free everything when it refuses a damaged file.
extern "C" const char* __lsan_default_suppressions() { return "leak:libhdf5"; }

TEST_CASE("files that are no .h5ad are refused", "[h5ad]") {
  const TempFolder folder;
  refuses(folder.file("none.h5ad"), {}, {"none.h5ad", "no such file"});
  refuses(folder.write("t.h5ad", "PK\3\4 not this"), {}, {"is not an HDF5 file"});
  refuses(folder.write("e.h5ad", ""), {}, {"is not an HDF5 file"});
  std::filesystem::create_directory(folder.file("d.h5ad"));
  refuses(folder.file("d.h5ad"), {}, {"is a folder"});
  H5adFixture empty;
  refuses(empty.finish(), {}, {"has no 'obs'"});
}

TEST_CASE("a truncated file is refused at every length", "[h5ad]") {
  H5adFixture fixture;
  fixture.with_cells().with_day();
  const std::string bytes = bytes_of(fixture.finish());
  const TempFolder folder;
  for (std::size_t size = 8; size < bytes.size(); size += 97) {
    INFO(size << " of " << bytes.size() << " bytes");
    refuses(folder.write("t.h5ad", std::string_view(bytes).substr(0, size)), {}, {"damaged or truncated"});
  }
}

TEST_CASE("a file with overwritten bytes gives an error or the cells, never a crash", "[h5ad]") {
  H5adFixture fixture;
  fixture.with_cells().with_day();
  const std::string bytes = bytes_of(fixture.finish());
  const TempFolder folder;
  int refused = 0;
  for (std::size_t at = 8; at < bytes.size(); at += 61) {
    std::string bad = bytes;
    bad[at] = static_cast<char>(~bad[at]);
    try {
      const DataFile file = read_data(folder.write("t.h5ad", bad), {});
      CHECK(file.data.cells() == 4);
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::bad_input);
      ++refused;
    }
  }
  CHECK(refused > 0);
}
