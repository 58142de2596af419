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

TEST_CASE("a column whose values are the column itself is refused", "[h5ad]") {
  H5adFixture fixture;
  fixture.with_cells();
  fixture.group("obs/day", "nullable-integer");
  H5Lcreate_hard(fixture.root().get(), "obs/day", H5L_SAME_LOC, "obs/day/values", H5P_DEFAULT, H5P_DEFAULT);
  fixture.booleans("obs/day/mask", {0, 0, 0, 0});
  refuses(fixture.finish(), {}, {"obs/day/values", "is a group"});
}

TEST_CASE("sizes that the file cannot hold are refused before they are asked for", "[h5ad]") {
  H5adFixture fixture;
  fixture.with_cells();
  const std::vector<hsize_t> shape = {1'000'000'000};
  const hdf5::Id space(H5Screate_simple(1, shape.data(), nullptr));
  H5Dclose(H5Dcreate2(fixture.group("obs").get(), "day", H5T_NATIVE_DOUBLE, space.get(), H5P_DEFAULT,
                      H5P_DEFAULT, H5P_DEFAULT));
  refuses(fixture.finish(), {}, {"obs/day", "1000000000 values", "bytes can hold"});
}

TEST_CASE("links into other files are not followed", "[h5ad]") {
  H5adFixture other;
  other.with_cells().with_day();
  const std::string there = other.finish();
  H5adFixture link;
  link.with_cells();
  H5Lcreate_external(there.c_str(), "/obs/day", link.group("obs").get(), "day", H5P_DEFAULT, H5P_DEFAULT);
  refuses(link.finish(), {}, {"obs/day", "another file", there});

  H5adFixture group;
  H5Lcreate_external(there.c_str(), "/obs", group.root().get(), "obs", H5P_DEFAULT, H5P_DEFAULT);
  group.with_pca();
  refuses(group.finish(), {}, {"obs", "another file", there});

  const hsize_t cells = 4;
  const hdf5::Id space(H5Screate_simple(1, &cells, nullptr));
  H5adFixture raw;
  raw.with_cells();
  const hdf5::Id external(H5Pcreate(H5P_DATASET_CREATE));
  H5Pset_external(external.get(), "/etc/passwd", 0, 4 * sizeof(double));
  H5Dclose(H5Dcreate2(raw.group("obs").get(), "day", H5T_NATIVE_DOUBLE, space.get(), H5P_DEFAULT,
                      external.get(), H5P_DEFAULT));
  refuses(raw.finish(), {}, {"obs/day", "another file", "/etc/passwd"});

  H5adFixture view;
  view.with_cells();
  const hdf5::Id mapped(H5Pcreate(H5P_DATASET_CREATE));
  H5Pset_virtual(mapped.get(), space.get(), there.c_str(), "/obs/day", space.get());
  H5Dclose(H5Dcreate2(view.group("obs").get(), "day", H5T_NATIVE_DOUBLE, space.get(), H5P_DEFAULT,
                      mapped.get(), H5P_DEFAULT));
  refuses(view.finish(), {}, {"obs/day", "another file", there});
}
