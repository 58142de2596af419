#include "native/io/numpy/npz.hpp"

#include <cmath>
#include <xtensor/xbuilder.hpp>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/io/files/little_endian.hpp"
#include "native/io/time_courses/data_file.hpp"
#include "native/npz_writer.hpp"
#include "native/temp_folder.hpp"

using namespace cellmnn;

namespace {

/// A .npy file from its header's dictionary and the bytes of its values.
std::string npy(const std::string& dictionary, const std::string& values) {
  std::string bytes("\x93NUMPY\x01\x00", 8);
  append_little(bytes, static_cast<std::uint16_t>(dictionary.size() + 1));
  return bytes + dictionary + "\n" + values;
}

std::string dictionary(const std::string& dtype, const std::string& shape,
                       const std::string& fortran = "False") {
  return "{'descr': '" + dtype + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }";
}

template <typename Scalar>
std::string raw(std::initializer_list<Scalar> values) {
  std::string bytes;
  for (const Scalar value : values) append_little(bytes, value);
  return bytes;
}

class Archive {
 public:
  Archive& add(const std::string& name, const std::string& bytes) {
    zip_.add(name + ".npy", bytes);
    return *this;
  }
  template <typename E>
  Archive& add_array(const std::string& name, const E& array) {
    return add(name, xt::dump_npy(array));
  }
  std::string path() { return folder_.write("t.npz", zip_.finish()); }

 private:
  TempFolder folder_;
  ZipWriter zip_;
};

std::vector<double> numbers_of(const std::string& bytes) {
  Archive archive;
  const xt::xarray<double> values = NpzFile(archive.add("a", bytes).path()).numbers("a");
  return {values.begin(), values.end()};
}

std::vector<std::string> texts_of(const std::string& bytes) {
  Archive archive;
  return NpzFile(archive.add("a", bytes).path()).texts("a");
}

const xt::xarray<double> kPcs = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {10, 11, 12}};
const xt::xarray<std::int64_t> kLabels = {0, 1, 1, 0};

}  // namespace

TEMPLATE_TEST_CASE("every number type is read", "[npz]", float, double, std::int8_t, std::int16_t,
                   std::int32_t, std::int64_t, std::uint8_t, std::uint16_t, std::uint32_t, std::uint64_t) {
  const xt::xarray<TestType> values = {TestType{0}, TestType{1}, TestType{100}};
  CHECK(numbers_of(xt::dump_npy(values)) == std::vector<double>{0, 1, 100});
}

TEST_CASE("booleans, big-endian numbers and other spellings of the header are read", "[npz]") {
  CHECK(numbers_of(npy(dictionary("|b1", "(3,)"), std::string("\1\0\1", 3))) == std::vector<double>{1, 0, 1});
  CHECK(numbers_of(npy(dictionary(">i2", "(2,)"), std::string("\1\2\0\3", 4))) ==
        std::vector<double>{258, 3});
  CHECK(numbers_of(npy("{'shape':(2,),'fortran_order':False,'descr':'<i1'}", "\1\2")) ==
        std::vector<double>{1, 2});
  CHECK(numbers_of(npy(dictionary("<i1", "()"), "\5")) == std::vector<double>{5});
  // Lengths of 128 and more have the highest bit of a byte set.
  CHECK(numbers_of(npy(dictionary("<i1", "(1,)") + std::string(200, ' '), "\5")) == std::vector<double>{5});
}

TEST_CASE("numbers of 16 bits are read", "[npz]") {
  const std::string bits = raw<std::uint16_t>({0x3C00, 0xC100, 0x0001, 0x7BFF, 0x8000, 0x7C00});
  const std::vector<double> values = numbers_of(npy(dictionary("<f2", "(6,)"), bits));
  CHECK(values[0] == 1);
  CHECK(values[1] == -2.5);
  CHECK(values[2] == std::ldexp(1.0, -24));
  CHECK(values[3] == 65504);
  CHECK(values[4] == 0);
  CHECK(std::isinf(values[5]));
}

TEST_CASE("Fortran order is turned into rows", "[npz]") {
  Archive archive;
  const NpzFile file(archive.add("a", npy(dictionary("<i1", "(2, 3)", "True"), "\1\4\2\5\3\6")).path());
  const xt::xarray<double> expected = {{1, 2, 3}, {4, 5, 6}};
  CHECK((file.numbers("a") == expected));
  CHECK(file.columns("a", 2) == Matrix<float>{{1, 2}, {4, 5}});
}

TEST_CASE("the first columns are read in blocks", "[npz]") {
  const Index rows = 3000, columns = 700;  // more than one block
  xt::xarray<float> values = xt::zeros<float>({rows, columns});
  for (std::size_t i = 0; i < values.size(); ++i) values.data()[i] = static_cast<float>(i);
  Archive archive;
  const Matrix<float> read = NpzFile(archive.add_array("a", values).path()).columns("a", 2);
  REQUIRE(read.rows() == rows);
  REQUIRE(read.cols() == 2);
  for (Index i = 0; i < rows; ++i) REQUIRE(read(i, 1) == static_cast<float>(i * columns + 1));
}

TEST_CASE("strings are read as UTF-8", "[npz]") {
  CHECK(texts_of(npy_of_texts({"day0", "ü", "日", "😀", ""})) ==
        std::vector<std::string>{"day0", "ü", "日", "😀", ""});
  CHECK(texts_of(npy(dictionary("|S3", "(2,)"), std::string("ab\0xyz", 6))) ==
        std::vector<std::string>{"ab", "xyz"});
  CHECK(texts_of(npy(dictionary(">U1", "(1,)"), std::string("\0\0\0A", 4))) == std::vector<std::string>{"A"});
}

TEST_CASE("what is asked for must exist and have the right type", "[npz]") {
  Archive archive;
  const NpzFile file(archive.add_array("pcs", kPcs).add("names", npy_of_texts({"a"})).path());
  CHECK(file.header("pcs").describe() == "(4, 3) <f8");
  CHECK_THROWS_MATCHES(file.numbers("x"), Error,
                       error_with(ErrorCode::bad_input, {"no array 'x'", "'pcs', 'names'"}));
  CHECK_THROWS_MATCHES(file.numbers("names"), Error,
                       error_with(ErrorCode::bad_input, {"(1) <U1", "expected numbers"}));
  CHECK_THROWS_MATCHES(file.texts("pcs"), Error, error_with(ErrorCode::bad_input, {"expected strings"}));
  CHECK_THROWS_MATCHES(file.columns("pcs", 4), Error, error_with(ErrorCode::bad_input, {"at least 4"}));
  CHECK_THROWS_MATCHES(file.columns("names", 1), Error,
                       error_with(ErrorCode::bad_input, {"expected numbers"}));
}

TEST_CASE("malformed arrays are refused", "[npz]") {
  const auto refuses = [](const std::string& bytes, const std::vector<std::string>& parts) {
    INFO(bytes.substr(0, 100));
    CHECK_THROWS_MATCHES(numbers_of(bytes), Error, error_with(ErrorCode::bad_input, parts));
  };
  const std::string four = raw<float>({1, 2, 3, 4});
  refuses("", {"'a'", "too short"});
  refuses(std::string(100, 'x'), {"'a'", "does not begin"});
  refuses("\x93NUMPY\x09" + std::string(20, '\0'), {"version is 9"});
  refuses(npy(dictionary("<f4", "(4,)"), four).substr(0, 40), {"header is cut off"});
  refuses(npy("{'descr': '<f4'}", four), {"cannot be understood"});
  refuses(npy(dictionary("<f4", "(4"), four), {"cannot be understood"});
  refuses(npy(dictionary("<f4", "(-4,)"), four), {"cannot be understood"});
  refuses(npy(dictionary("<f4", "(99999999999999999999,)"), four), {"cannot be understood"});
  refuses(npy(dictionary("<f4", "(4,)", "Maybe"), four), {"cannot be understood"});
  refuses(npy(dictionary("<f4", "(5,)"), four), {"(5) <f4", "does not fit its 16 bytes"});
  refuses(npy(dictionary("<f4", "(3,)"), four), {"does not fit"});
  // 4 * 2^62 bytes would wrap to 0.
  refuses(npy(dictionary("<f4", "(4611686018427387904, 4)"), ""), {"does not fit its 0 bytes"});
  refuses(npy(dictionary("<f16", "(1,)"), std::string(16, '\0')), {"<f16", "expected numbers"});
  refuses(npy(dictionary("|O", "(4,)"), "pickle"), {"|O", "expected numbers"});
  refuses(npy("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (4,)}", four), {"structured"});
  CHECK_THROWS_MATCHES(texts_of(npy(dictionary("<U0", "(1000000000000,)"), "")), Error,
                       error_with(ErrorCode::bad_input, {"<U0"}));
}

TEST_CASE("an archive without arrays is no npz", "[npz]") {
  const TempFolder folder;
  ZipWriter zip;
  zip.add("readme.txt", "hello");
  CHECK_THROWS_MATCHES(NpzFile(folder.write("t.npz", zip.finish())), Error,
                       error_with(ErrorCode::bad_input, {"holds no .npy array"}));
}

TEST_CASE("pcs and sample_labels are cells and times", "[npz][data]") {
  Archive archive;
  const std::string path =
      archive.add_array("pcs", kPcs).add_array("sample_labels", kLabels).add_array("day", kLabels).path();
  const DataFile file = read_data(path, {});
  CHECK(file.format == "npz");
  CHECK(file.embedding_key == "pcs");
  CHECK(file.time_key == "sample_labels");
  CHECK(file.available_dims == 3);
  CHECK(file.rows == std::vector<std::vector<Index>>{{0, 3}, {1, 2}});
  CHECK(file.data.snapshots[0].cells == Matrix<float>{{1, 2, 3}, {10, 11, 12}});
  DataOptions options;
  options.dims = 2;
  CHECK(read_data(path, options).data.snapshots[1].cells == Matrix<float>{{4, 5}, {7, 8}});
  options = {};
  options.most_dims = 1;
  CHECK(read_data(path, options).data.dims() == 1);
  options.most_dims = 50;
  CHECK(read_data(path, options).data.dims() == 3);
}

TEST_CASE("other arrays are used if they are the only ones", "[npz][data]") {
  Archive archive;
  const DataFile file =
      read_data(archive.add_array("z", kPcs).add("when", npy_of_texts({"d0", "d1", "d1", "d0"})).path(), {});
  CHECK(file.embedding_key == "z");
  CHECK(file.time_key == "when");
  CHECK(file.data.snapshots[1].label == "d1");
}

TEST_CASE("arrays can be chosen, and what exists is listed", "[npz][data]") {
  Archive archive;
  const std::string path = archive.add_array("a", kPcs)
                               .add_array("b", kPcs)
                               .add_array("t", kLabels)
                               .add_array("u", kLabels)
                               .add("names", npy_of_texts({"c0", "c1", "c2", "c3"}))
                               .path();
  DataOptions options;
  CHECK_THROWS_MATCHES(
      read_data(path, options), Error,
      error_with(ErrorCode::bad_input, {"no array 'pcs'", "'a' (4, 3) <f8", "--embedding-key"}));
  options.embedding_key = "b";
  CHECK_THROWS_MATCHES(read_data(path, options), Error,
                       error_with(ErrorCode::bad_input, {"'t', 'u'", "--time-key"}));
  options.time_key = "b";
  CHECK_THROWS_MATCHES(read_data(path, options), Error,
                       error_with(ErrorCode::bad_input, {"'b' is (4, 3)", "each of the 4 cells"}));
  options.time_key = "u";
  const DataFile file = read_data(path, options);
  CHECK(file.embedding_key == "b");
  CHECK(file.time_key == "u");
  CHECK(file.names == std::vector<std::string>{"c0", "c1", "c2", "c3"});
  options.embedding_key = "t";
  CHECK_THROWS_MATCHES(read_data(path, options), Error,
                       error_with(ErrorCode::bad_input, {"'t' (--embedding-key) is (4)"}));
}

TEST_CASE("labels of another length than the cells are refused", "[npz][data]") {
  Archive archive;
  const xt::xarray<double> labels = {0, 1};
  CHECK_THROWS_MATCHES(
      read_data(archive.add_array("pcs", kPcs).add_array("sample_labels", labels).path(), {}), Error,
      error_with(ErrorCode::bad_input, {"4 cells", "'sample_labels' is (2) <f8"}));
}

TEST_CASE("times may be a column, and what has the wrong type is named with it", "[npz][data]") {
  const xt::xarray<float> pcs = {{1, 2}, {3, 4}};
  const auto read = [&](const std::string& name, const std::string& bytes) {
    Archive archive;
    return read_data(archive.add_array("pcs", pcs).add(name, bytes).path(), {});
  };
  const DataFile column = read("sample_labels", npy(dictionary("<i4", "(2, 1)"), raw<std::int32_t>({0, 5})));
  CHECK(column.times.at(1).time == 5);
  CHECK(read("time", npy(dictionary("|S2", "(2, 1)"), "d1d2")).times.at(1).time == 2);
  const auto refuses = [&](const std::string& name, const std::string& bytes,
                           const std::vector<std::string>& parts) {
    CHECK_THROWS_MATCHES(read(name, bytes), Error, error_with(ErrorCode::bad_input, parts));
  };
  refuses("sample_labels", npy(dictionary("<M8[D]", "(2,)"), std::string(16, '\0')),
          {"'sample_labels' is (2) <M8[D]", "expected one number or string", "dates"});
  refuses("sample_labels", npy(dictionary("|O", "(2,)"), "pickle"), {"'sample_labels' is (2) |O", "astype"});
  refuses("time", npy(dictionary("|O", "(2,)"), "pickle"), {"'time' is (2) |O"});
  refuses("sample_labels", npy(dictionary("<f16", "(2,)"), std::string(32, '\0')), {"<f16", "float64"});
  Archive objects;
  objects.add("pcs", npy(dictionary("|O", "(2, 2)"), "pickle"))
      .add_array("sample_labels", xt::xarray<double>{0, 1});
  CHECK_THROWS_MATCHES(read_data(objects.path(), {}), Error,
                       error_with(ErrorCode::bad_input, {"'pcs' is (2, 2) |O", "expected numbers"}));
}

TEST_CASE("expression of genes is not taken for coordinates of an npz", "[npz][data]") {
  const auto archive_with = [](const std::string& matrix, Archive& archive) -> std::string {
    return archive.add_array(matrix, xt::xarray<float>{{1, 2}, {3, 4}})
        .add_array("day", xt::xarray<double>{0, 1})
        .add("genes", npy(dictionary("|S2", "(2,)"), "AaBb"))
        .path();
  };
  Archive expression;
  const std::string path = archive_with("X", expression);
  CHECK_THROWS_MATCHES(
      read_data(path, {}), Error,
      error_with(ErrorCode::bad_input, {"'X'", "the array 'genes' names them", "preprocess"}));
  DataOptions options;
  options.dims = 2;
  options.time_key = "day";
  CHECK(read_data(path, options).data.dims() == 2);
  Archive components;
  options.dims.reset();
  CHECK(read_data(archive_with("pcs", components), options).data.dims() == 2);
  Archive wide;
  wide.add_array("X", xt::xarray<float>(xt::ones<float>({2, 61}))).add_array("day", xt::xarray<double>{0, 1});
  CHECK_THROWS_MATCHES(read_data(wide.path(), {}), Error,
                       error_with(ErrorCode::bad_input, {"'X'", "there are 61"}));
}
