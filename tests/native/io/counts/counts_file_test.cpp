#include "native/io/counts/counts_file.hpp"

#include <filesystem>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/io/numpy/npz.hpp"
#include "native/npz_writer.hpp"
#include "native/temp_folder.hpp"

using namespace cellmnn;

namespace {

CountsFile counts_of(const TempFolder& folder, const std::string& csv, const std::string& obs = "") {
  CountsOptions options;
  options.quiet = true;
  if (!obs.empty()) options.obs = folder.write("obs.csv", obs);
  return read_counts(folder.write("counts.csv", csv), options);
}

auto bad_input(std::vector<std::string> parts) { return error_with(ErrorCode::bad_input, std::move(parts)); }

}  // namespace

TEST_CASE("a csv has genes, and times where it has no other table of cells", "[counts]") {
  const TempFolder folder;
  const CountsFile file = counts_of(folder, "cell,day,Jun,Fos\nx,d1,0,2\ny,d2,3,0\n");
  CHECK(file.cells == std::vector<std::string>{"x", "y"});
  CHECK(file.genes == std::vector<std::string>{"Jun", "Fos"});
  REQUIRE(file.obs.size() == 1);
  CHECK(file.obs[0].first == "day");
  CHECK(file.obs[0].second.labels == std::vector<std::string>{"d1", "d2"});
  CHECK(file.values.starts == std::vector<Index>{0, 1, 2});
  CHECK(file.values.values == std::vector<float>{2, 3});

  const CountsFile joined =
      counts_of(folder, "cell,day,Jun\nx,5,1\ny,6,0\n", "id,hour,kind\ny,24,b\nz,0,c\nx,0,a\n");
  CHECK(joined.genes == std::vector<std::string>{"day", "Jun"});
  REQUIRE(joined.obs.size() == 2);
  CHECK(joined.obs[0].second.numbers == std::vector<double>{0, 24});
  CHECK(joined.obs[0].second.codes == std::vector<std::int32_t>{0, 1});
  CHECK(joined.obs[1].second.labels == std::vector<std::string>{"a", "b"});
}

TEST_CASE("names are made unique as anndata does", "[counts]") {
  const TempFolder folder;
  const CountsFile file = counts_of(folder, "cell,A,A-1,A,B,A\nx,1,1,1,1,1\nx,1,1,1,1,1\n");
  CHECK(file.genes == std::vector<std::string>{"A", "A-1", "A-2", "B", "A-3"});
  CHECK(file.cells == std::vector<std::string>{"x", "x-1"});
  CHECK(file.warnings.size() == 2);
}

TEST_CASE("what is kept keeps its names and columns", "[counts]") {
  const TempFolder folder;
  CountsFile file = counts_of(folder, "cell,day,A,B,C\nx,0,1,2,3\ny,1,4,5,6\nz,2,7,8,9\n");
  keep(file, {true, false, true}, {false, true, true});
  CHECK(file.cells == std::vector<std::string>{"x", "z"});
  CHECK(file.genes == std::vector<std::string>{"B", "C"});
  CHECK(file.obs[0].second.codes == std::vector<std::int32_t>{0, 2});
  CHECK(file.values.values == std::vector<float>{2, 3, 8, 9});
}

TEST_CASE("genes in rows", "[counts]") {
  const TempFolder folder;
  CountsOptions options;
  options.quiet = options.transpose = true;
  const std::string table = "gene,AAACCTGA-1,AAACCTGG-1,TTTCCTGA-1\nStage,0,0,1\nSox2,1,0,3\nGata4,0,5,6\n";
  const std::string path = folder.write("t.csv", table);
  const CountsFile file = read_counts(path, options);
  CHECK(file.cells == std::vector<std::string>{"AAACCTGA-1", "AAACCTGG-1", "TTTCCTGA-1"});
  CHECK(file.genes == std::vector<std::string>{"Sox2", "Gata4"});
  REQUIRE(file.obs.size() == 1);
  CHECK(file.obs[0].second.codes == std::vector<std::int32_t>{0, 0, 1});
  CHECK(file.values.starts == std::vector<Index>{0, 1, 2, 4});
  CHECK(file.values.values == std::vector<float>{1, 5, 3, 6});
  options.transpose = false;
  CHECK_THROWS_MATCHES(read_counts(path, options), Error,
                       bad_input({"'Sox2'", "'AAACCTGA-1'", "--transpose"}));
  options.transpose = true;
  CHECK_THROWS_MATCHES(
      read_counts(folder.write("u.csv", "cell,Sox2,Gata4\nAAACCTGA-1,1,2\nAAACCTGG-1,3,4\n"), options), Error,
      bad_input({"after --transpose", "'Sox2'", "leave it out"}));
}

TEST_CASE("a table of counts in the forms of R and Europe", "[counts]") {
  const TempFolder folder;
  const CountsFile r = counts_of(folder, "\"A\",\"B\"\n\"x\",1,2\n\"y\",3,4\n");
  CHECK(r.cells == std::vector<std::string>{"x", "y"});
  CHECK(r.genes == std::vector<std::string>{"A", "B"});
  const CountsFile europe = counts_of(folder, "cell;A;B;\nx;1,5;2;\ny;3;4;\n");
  CHECK(europe.genes == std::vector<std::string>{"A", "B"});
  CHECK(europe.values.values == std::vector<float>{1.5F, 2, 3, 4});
}

TEST_CASE("the Matrix Market folders of other programs", "[counts]") {
  const std::string cells_x_genes = "%%MatrixMarket matrix coordinate real general\n2 3 2\n1 3 7\n2 1 5\n";
  const auto check = [](const CountsFile& file) {
    CHECK(file.cells == std::vector<std::string>{"c1", "c2"});
    CHECK(file.values.starts == std::vector<Index>{0, 1, 2});
    CHECK(file.values.indices == std::vector<std::int32_t>{2, 0});
    CHECK(file.values.values == std::vector<float>{7, 5});
  };
  CountsOptions options;
  options.quiet = true;
  SECTION("kb-python") {
    const TempFolder folder;
    folder.write("cells_x_genes.mtx", cells_x_genes);
    folder.write("cells_x_genes.barcodes.txt", "c1\nc2\n");
    folder.write("cells_x_genes.genes.txt", "g1\ng2\ng3\n");
    folder.write("cells_x_genes.genes.names.txt", "Aaa\n\nCcc\n");
    const CountsFile file = read_counts(folder.file(""), options);
    check(file);
    CHECK(file.genes == std::vector<std::string>{"Aaa", "g2", "Ccc"});
  }
  SECTION("GEO, with two samples in a folder") {
    const TempFolder folder;
    const std::string genes_x_cells =
        "%%MatrixMarket matrix coordinate integer general\n3 2 2\n3 1 7\n1 2 5\n";
    for (const char* sample : {"GSM1_a_", "GSM2_b_"}) {
      folder.write(std::string(sample) + "matrix.mtx", genes_x_cells);
      folder.write(std::string(sample) + "barcodes.tsv", "c1\nc2\n");
      folder.write(std::string(sample) + "genes.tsv", "g1\tA\ng2\tB\ng3\tC\n");
    }
    check(read_counts(folder.file("GSM2_b_matrix.mtx"), options));
    CHECK_THROWS_MATCHES(read_counts(folder.file(""), options), Error,
                         bad_input({"2 matrices", "'GSM1_a_matrix.mtx', 'GSM2_b_matrix.mtx'"}));
    std::filesystem::remove(folder.file("GSM1_a_matrix.mtx"));
    check(read_counts(folder.file(""), options));
    std::filesystem::remove(folder.file("GSM2_b_genes.tsv"));
    std::filesystem::remove(folder.file("GSM1_a_genes.tsv"));
    CHECK_THROWS_MATCHES(read_counts(folder.file(""), options), Error,
                         bad_input({"no features.tsv", "'GSM2_b_matrix.mtx'", "'GSM2_b_barcodes.tsv'"}));
  }
}

TEST_CASE("an npz of counts", "[counts]") {
  const TempFolder folder;
  CountsOptions options;
  options.quiet = true;
  NpzWriter dense;
  dense.add("X", xt::xarray<float>{{0, 2}, {3, 0}});
  dense.add("genes", std::vector<std::string>{"A", "B"});
  dense.add("day", xt::xarray<double>{0, 1});
  const CountsFile file = read_counts(folder.write("d.npz", dense.finish()), options);
  CHECK(file.genes == std::vector<std::string>{"A", "B"});
  CHECK(file.cells == std::vector<std::string>{"cell0", "cell1"});
  CHECK(file.obs.at(0).first == "day");
  CHECK(file.values.values == std::vector<float>{2, 3});

  NpzWriter sparse;
  sparse.add("data", xt::xarray<float>{2, 3});
  sparse.add("indices", xt::xarray<std::int32_t>{1, 0});
  sparse.add("indptr", xt::xarray<std::int32_t>{0, 1, 2});
  sparse.add("shape", xt::xarray<std::int64_t>{2, 2});
  const CountsFile scipy = read_counts(folder.write("s.npz", sparse.finish()), options);
  CHECK(scipy.values.values == std::vector<float>{2, 3});
  CHECK(scipy.values.indices == std::vector<std::int32_t>{1, 0});
  CHECK(scipy.warnings.size() == 1);

  NpzWriter damaged;
  damaged.add("data", xt::xarray<float>{2, 3});
  damaged.add("indices", xt::xarray<std::int32_t>{1, 7});
  damaged.add("indptr", xt::xarray<std::int32_t>{0, 1, 2});
  damaged.add("shape", xt::xarray<std::int64_t>{2, 2});
  CHECK_THROWS_MATCHES(read_counts(folder.write("b.npz", damaged.finish()), options), Error,
                       bad_input({"b.npz", "'indices' are outside"}));
}

TEST_CASE("tables that are no counts are refused", "[counts]") {
  const TempFolder folder;
  CHECK_THROWS_MATCHES(counts_of(folder, "cell,A,kind\nx,1,blood\n"), Error,
                       bad_input({"line 2, column 3 ('kind')", "'blood'", "--obs FILE"}));
  CHECK_THROWS_MATCHES(counts_of(folder, "cell,A,B\nx,1\n"), Error, bad_input({"line 2 has 2 fields", "3"}));
  CHECK_THROWS_MATCHES(counts_of(folder, "cell,A,3\nx,1,2\n"), Error,
                       bad_input({"line 1, column 3", "'3'", "name of a gene"}));
  CHECK_THROWS_MATCHES(counts_of(folder, "cell,A\nx,nan\n"), Error,
                       bad_input({"gene 'A' of cell 'x'", "nan"}));
  CHECK_THROWS_MATCHES(counts_of(folder, "cell,A\n"), Error, bad_input({"0 cells and 1 gene"}));
  CHECK_THROWS_MATCHES(counts_of(folder, "cell,A\nx,1\n", "cell,day\nx,1\nx,2\n"), Error,
                       bad_input({"obs.csv", "line 3", "'x' comes twice"}));
  CHECK_THROWS_MATCHES(read_counts(folder.write("a.xlsx", "x"), {}), Error, bad_input({"unknown ending"}));
}

TEST_CASE("a name that comes twice has no row of --obs", "[counts]") {
  const TempFolder folder;
  CHECK_THROWS_MATCHES(counts_of(folder, "cell,A\nx,1\ny,2\nx,3\n", "cell,day\nx,0\ny,1\n"), Error,
                       bad_input({"the cell 'x' comes twice", "--obs"}));
}

TEST_CASE("a 10x folder with the quotes of R", "[counts]") {
  const TempFolder folder;
  std::filesystem::create_directory(folder.file("tenx"));
  folder.write("tenx/matrix.mtx", "%%MatrixMarket matrix coordinate integer general\n2 2 2\n1 1 3\n2 2 4\n");
  folder.write("tenx/barcodes.tsv", "\"AA-1\"\n\"CC-1\"\n");
  CountsOptions options;
  options.quiet = true;
  SECTION("are without them") {
    folder.write("tenx/features.tsv",
                 "\"E1\"\t\"Jun\"\t\"Gene Expression\"\n"
                 "\"E2\"\t\"a \"\"b\"\"\"\t\"Gene Expression\"\n");
    const CountsFile file = read_counts(folder.file("tenx"), options);
    CHECK(file.cells == std::vector<std::string>{"AA-1", "CC-1"});
    CHECK(file.genes == std::vector<std::string>{"Jun", "a \"b\""});
    CHECK(file.values.values == std::vector<float>{3, 4});
  }
  SECTION("features of other types only are told by their types") {
    folder.write("tenx/features.tsv", "E1\tJun\tAntibody Capture\nE2\tFos\tCustom\n");
    CHECK_THROWS_MATCHES(
        read_counts(folder.file("tenx"), options), Error,
        bad_input({"none of its 2 features", "'Gene Expression'", "'Antibody Capture', 'Custom'"}));
  }
}

TEST_CASE("entries of a Matrix Market file are three numbers, the first two whole", "[counts]") {
  const TempFolder folder;
  folder.write("features.tsv", "A\nB\n");
  folder.write("barcodes.tsv", "x\ny\n");
  CountsOptions options;
  options.quiet = true;
  const auto read = [&](const std::string& sizes, const std::string& entry) {
    const std::string path = folder.write(
        "matrix.mtx", "%%MatrixMarket matrix coordinate real general\n" + sizes + "\n" + entry + "\n1 2 3\n");
    return read_counts(path, options);
  };
  CHECK(read("2 2 2", "1 1 2.5 ").values.values == std::vector<float>{2.5F, 3});
  for (const char* entry : {"1.9 1 2", "1 nan 2", "inf 1 2", "1 1e300 2"}) {
    INFO(entry);
    CHECK_THROWS_MATCHES(read("2 2 2", entry), Error,
                         bad_input({"matrix.mtx", "line 3", entry, "whole numbers"}));
  }
  CHECK_THROWS_MATCHES(read("2 2 2", "1 1 2 junk"), Error, bad_input({"line 3", "junk", "no more"}));
  for (const char* sizes : {"inf 2 2", "2 -2 2", "2 2 1e300"}) {
    INFO(sizes);
    CHECK_THROWS_MATCHES(read(sizes, "1 1 2"), Error, bad_input({"line 2", sizes, "whole numbers"}));
  }
}
