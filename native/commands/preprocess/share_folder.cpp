#include "native/commands/preprocess/share_folder.hpp"

#include <zlib.h>

#include <filesystem>

#include "native/io/files/input_file.hpp"
#include "native/io/files/json_difference.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/models/safetensors.hpp"
#include "native/io/models/tensor_file.hpp"

namespace cellmnn {
namespace {

using nlohmann::json;

constexpr const char* kShareFormat = "cellmnn-preprocess-share/1";

json checksum_of(const Arrays& arrays) {
  uLong sum = crc32_z(0, nullptr, 0);
  for (const auto& [name, values] : arrays) {
    const auto bytes = static_cast<std::size_t>(values.size()) * sizeof(double);
    sum = crc32_z(sum, reinterpret_cast<const Bytef*>(values.data()), bytes);
  }
  return sum;
}

}  // namespace

std::string ShareFolder::file(const std::string& pass, Index share) const {
  const std::string number = std::to_string(share + 1);
  const std::string name = pass + "-" + (number.size() < 2 ? "0" : "") + number + ".safetensors";
  return (std::filesystem::path(path_) / name).string();
}

bool ShareFolder::has(const std::string& pass, Index share) const {
  std::error_code unknown;
  return std::filesystem::exists(file(pass, share), unknown);
}

void ShareFolder::write(const std::string& pass, Index share, const Arrays& arrays) const {
  SafeTensors content;
  content.metadata = {{"format", kShareFormat},
                      {"question", metadata_text(question_)},
                      {"checksum", metadata_text(checksum_of(arrays))}};
  for (const auto& [name, values] : arrays) {
    content.tensors[name] = {{values.rows(), values.cols()},
                             std::vector<double>(values.data(), values.data() + values.size())};
  }
  write_file(file(pass, share), safetensors_bytes(content));
}

Arrays ShareFolder::read(const std::string& pass, Index share, const ArrayShapes& shapes) const {
  TensorFile content(read_file(file(pass, share)), file(pass, share), {kShareFormat});
  const auto as_it_is = [](const json& value) { return value; };
  const std::string differs = json_difference(nlohmann::ordered_json(content.metadata("question", as_it_is)),
                                              nlohmann::ordered_json(question_));
  if (!differs.empty()) {
    throw content.error("is of other counts or options: " + differs +
                        "; give those of the parts, or another folder");
  }
  Arrays arrays;
  for (const auto& [name, shape] : shapes) {
    const std::vector<double> values = content.take<double>(name, {shape.first, shape.second});
    arrays[name] = Eigen::Map<const Matrix<double>>(values.data(), shape.first, shape.second);
  }
  content.expect_no_more();
  if (content.metadata("checksum", as_it_is) != checksum_of(arrays))
    throw content.error("is damaged: remove it, and call its part again");
  return arrays;
}

}  // namespace cellmnn
