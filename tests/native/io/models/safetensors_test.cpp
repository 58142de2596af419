#include "native/io/models/safetensors.hpp"

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/io/files/little_endian.hpp"

using namespace cellmnn;
using namespace std::string_literals;

namespace {

std::string file_of(const std::string& header, const std::string& data) {
  std::string bytes;
  append_little<std::uint64_t>(bytes, header.size());
  return bytes + header + data;
}

std::string tensor(const std::string& dtype, const std::string& shape, const std::string& offsets) {
  return R"({"dtype":")" + dtype + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}";
}

void refuses(const std::string& bytes, std::vector<std::string> parts) {
  INFO(bytes.substr(0, 200));
  parts.emplace_back("f: is not a valid safetensors file");
  CHECK_THROWS_MATCHES(parse_safetensors(bytes, "f"), Error, error_with(ErrorCode::bad_input, parts));
}

}  // namespace

TEST_CASE("tensors and metadata read back", "[safetensors]") {
  SafeTensors content;
  content.metadata = {{"format", "x/1"}, {"text", "\"quoted\" and ü"}};
  content.tensors["a.b"] = {{2, 3}, std::vector<float>{1, 2, 3, 4, 5, 6.5F}};
  content.tensors["c"] = {{2}, std::vector<double>{1.0 / 3, -1e300}};
  content.tensors["empty"] = {{0, 4}, std::vector<float>{}};
  content.tensors["scalar"] = {{}, std::vector<float>{7}};
  const std::string bytes = safetensors_bytes(content);
  const SafeTensors read = parse_safetensors(bytes, "f");
  CHECK(read.metadata == content.metadata);
  REQUIRE(read.tensors.size() == 4);
  for (const auto& [name, expected] : content.tensors) {
    INFO(name);
    CHECK(read.tensors.at(name).shape == expected.shape);
    CHECK(read.tensors.at(name).values == expected.values);
  }
  CHECK(safetensors_bytes(read) == bytes);
}

TEST_CASE("the layout is that of the format", "[safetensors]") {
  SafeTensors content;
  content.tensors["a"] = {{1}, std::vector<float>{1}};
  content.tensors["b"] = {{1}, std::vector<double>{2}};
  const std::string bytes = safetensors_bytes(content);
  const auto length = little<std::uint64_t>(bytes.data());
  CHECK(length % 8 == 0);
  CHECK(bytes.size() == 8 + length + 12);
  const auto header = nlohmann::json::parse(bytes.substr(8, length));
  CHECK(header["a"]["dtype"] == "F32");
  CHECK(header["a"]["data_offsets"] == std::vector<int>{8, 12});  // doubles first, so that they are aligned
  CHECK(header["b"]["data_offsets"] == std::vector<int>{0, 8});
  CHECK(little<double>(bytes.data() + 8 + length) == 2);
}

TEST_CASE("a file without metadata is fine", "[safetensors]") {
  CHECK(parse_safetensors(file_of("{}", ""), "f").tensors.empty());
  const SafeTensors read =
      parse_safetensors(file_of("{\"a\":" + tensor("F32", "[1]", "[0,4]") + "}  ", "\0\0\x80?"s), "f");
  CHECK(std::get<std::vector<float>>(read.tensors.at("a").values) == std::vector<float>{1});
}

TEST_CASE("headers that lie about their length are refused", "[safetensors]") {
  refuses("", {"only 0 bytes"});
  refuses("1234567", {"only 7 bytes"});
  std::string absurd;
  append_little<std::uint64_t>(absurd, ~std::uint64_t{0});
  refuses(absurd + "{}", {"claims 18446744073709551615 bytes", "the file has 10"});
  std::string longer;
  append_little<std::uint64_t>(longer, 3);
  refuses(longer + "{}", {"claims 3 bytes"});
  std::string large;
  append_little<std::uint64_t>(large, 100'000'001);
  large.resize(100'000'020, ' ');
  refuses(large, {"claims 100000001 bytes"});
}

TEST_CASE("headers that are no JSON object are refused", "[safetensors]") {
  refuses(file_of("{\"a\":", ""), {"not a JSON object"});
  refuses(file_of("[1, 2]", ""), {"not a JSON object"});
  refuses(file_of(std::string(100000, '['), ""), {"not a JSON object"});
  refuses(file_of("", ""), {"not a JSON object"});
  refuses(file_of(R"({"__metadata__":{"a":1}})", ""), {"metadata are not all text"});
  refuses(file_of(R"({"__metadata__":"a"})", ""), {"metadata are not all text"});
}

TEST_CASE("tensors that do not fit are refused by name", "[safetensors]") {
  const std::string four(4, '\0');
  const auto refuses_tensor = [&](const std::string& entry, const std::string& part) {
    refuses(file_of("{\"a\":" + entry + "}", four), {"'a'", part});
  };
  refuses_tensor("1", "not described by");
  refuses_tensor(R"({"dtype":"F32","shape":[1]})", "not described by");
  refuses_tensor(R"({"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1})", "not described by");
  refuses_tensor(tensor("I64", "[1]", "[0,4]"), "dtype \"I64\", expected F32 or F64");
  refuses_tensor(tensor("F32", "[-1]", "[0,4]"), "shape [-1]");
  refuses_tensor(tensor("F32", "[1.5]", "[0,4]"), "shape [1.5]");
  refuses_tensor(tensor("F32", "1", "[0,4]"), "shape 1");
  refuses_tensor(tensor("F32", "[1]", "[0,8]"), "[0,8] outside of the 4 bytes");
  refuses_tensor(tensor("F32", "[1]", "[4,0]"), "data_offsets [4,0]");
  refuses_tensor(tensor("F32", "[1]", "[0]"), "data_offsets [0]");
  refuses_tensor(tensor("F32", "[1]", "[-4,0]"), "data_offsets [-4,0]");
  refuses_tensor(tensor("F32", "[2]", "[0,4]"), "shape [2], which does not fit its 4 bytes");
  refuses_tensor(tensor("F64", "[1]", "[0,4]"), "does not fit");
  // 2^62 * 4 + 4 bytes would wrap to 4.
  refuses_tensor(tensor("F32", "[4611686018427387905]", "[0,4]"), "does not fit");
  refuses_tensor(tensor("F32", "[4294967296,4294967296]", "[0,0]"), "does not fit");
}

TEST_CASE("every byte belongs to one tensor", "[safetensors]") {
  const auto two = [](const std::string& first, const std::string& second) {
    return file_of("{\"a\":" + tensor("F32", "[1]", first) + ",\"b\":" + tensor("F32", "[1]", second) + "}",
                   std::string(12, '\0'));
  };
  refuses(two("[0,4]", "[0,4]"), {"'b' overlaps another"});
  refuses(two("[0,4]", "[2,6]"), {"'b' overlaps another"});
  refuses(two("[0,4]", "[8,12]"), {"'b' follows a gap of 4 bytes"});
  refuses(two("[0,4]", "[4,8]"), {"4 bytes belong to no tensor"});
}

TEST_CASE("headers that nest without end are refused", "[safetensors]") {
  const std::string deep = std::string(99'999, '[') + std::string(99'999, ']');
  refuses(file_of(R"({"a":)" + deep + "}", ""), {"nests deeper than 64"});
  refuses(file_of("{\"a\":" + tensor("F32", deep, "[0,4]") + "}", "1234"), {"nests deeper than 64"});
}
