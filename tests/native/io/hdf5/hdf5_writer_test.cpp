#include "native/io/hdf5/hdf5_writer.hpp"

#include <filesystem>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/h5ad_fixture.hpp"
#include "native/io/hdf5/hdf5_node.hpp"

using namespace cellmnn;

TEST_CASE("a copy has the old entries and the new ones, the original stays", "[hdf5-writer]") {
  H5adFixture fixture;
  const std::string input = fixture.with_cells().with_day().finish();
  const std::string before = bytes_of(input);
  std::filesystem::permissions(input, std::filesystem::perms::owner_read);
  const TempFolder folder;
  hdf5::write_copy(input, folder.file("copy.h5ad"), [](const hdf5::Id& file) {
    const hdf5::Id obs = hdf5::open_or_create_dict({file, "obs"});
    hdf5::remove({obs, "day"});
    hdf5::remove({obs, "never there"});
    hdf5::write_array({obs, "new"}, Vector<float>{{1, 2}});
  });
  const hdf5::Node root = hdf5::Node::open(folder.file("copy.h5ad"));
  CHECK(root.at("obs").children() == std::vector<std::string>{"_index", "new"});
  CHECK(root.at("obs/new").numbers() == std::vector<double>{1, 2});
  CHECK(root.at("obsm/X_pca").shape() == std::vector<Index>{4, 3});
  CHECK(bytes_of(input) == before);
}

TEST_CASE("a copy that fails leaves nothing", "[hdf5-writer]") {
  H5adFixture fixture;
  const std::string input = fixture.with_cells().finish();
  const TempFolder folder;
  const auto twice = [](const hdf5::Id& file) {
    for (int i = 0; i < 2; ++i) hdf5::write_array({file, "same"}, Vector<float>{{1}});
  };
  CHECK_THROWS_MATCHES(hdf5::write_copy(input, folder.file("copy.h5ad"), twice), Error,
                       error_with(ErrorCode::bad_input, {"copy.h5ad", "HDF5 cannot write", "exists"}));
  CHECK_THROWS_MATCHES(hdf5::write_copy(input, folder.file("none/copy.h5ad"), twice), Error,
                       error_with(ErrorCode::bad_input, {"none/copy.h5ad", "No such file or directory"}));
  CHECK(folder.names().empty());
}
