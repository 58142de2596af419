/// Which matrix of an .h5ad file is read as counts.
#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/h5ad_fixture.hpp"
#include "native/io/counts/counts_file.hpp"

using namespace cellmnn;

namespace {

CountsFile read(const std::string& path, const std::string& layer) {
  CountsOptions options;
  options.quiet = true;
  options.layer = layer;
  return read_counts(path, options);
}

}  // namespace

TEST_CASE("raw has genes of its own", "[counts]") {
  H5adFixture fixture;
  fixture.with_cells().with_genes();
  fixture.numbers<float>("X", {-1, 0, 0, 1, 1, 0, 0, 1}, {4, 2});
  fixture.numbers<float>("layers/spliced", {1, 0, 0, 1, 1, 0, 0, 1}, {4, 2});
  const std::string raw = GENERATE("raw/", "raw.");
  fixture.numbers<float>(raw + "X", {1, 2, 3, 0, 0, 0, 4, 5, 6, 7, 8, 9}, {4, 3});
  fixture.texts(raw + "var/_index", {"g0", "g1", "g2"});
  H5adFixture::text_attribute(fixture.group(raw + "var", "dataframe"), "_index", "_index");
  const std::string path = fixture.finish();
  for (const std::string name : {"raw", "raw/X", "raw.X"}) {
    const CountsFile file = read(path, name);
    CHECK(file.genes == std::vector<std::string>{"g0", "g1", "g2"});
    CHECK(file.matrix == raw + "X");
    CHECK(file.values.values == std::vector<float>{1, 2, 3, 4, 5, 6, 7, 8, 9});
  }
  CHECK(read(path, "").layers == std::vector<std::string>{"spliced", "raw"});
  CHECK(read(path, "spliced").matrix == "layers/spliced");
  CHECK_THROWS_MATCHES(read(path, "counts"), Error,
                       error_with(ErrorCode::bad_input, {"no layer 'counts'", "'spliced', 'raw'"}));
}
