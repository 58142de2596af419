#include "native/io/models/tensor_file.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <type_traits>

#include "native/io/files/input_file.hpp"

namespace cellmnn {
namespace {

/// "cellmnn" of "cellmnn/1".
std::string kind_of(const std::string& format) { return format.substr(0, format.find('/')); }

}  // namespace

TensorFile::TensorFile(std::string_view content, std::string path, const std::vector<std::string>& formats)
    : path_(std::move(path)), content_(parse_safetensors(content, path_)) {
  std::string known;
  for (const std::string& each : formats) known += (known.empty() ? "'" : " or '") + each + "'";
  if (!has_metadata("format"))
    throw error("its metadata have no 'format', expected " + known + ": it was not written by cellmnn");
  if (std::find(formats.begin(), formats.end(), format()) != formats.end()) return;
  throw error("it has the format '" + format() + "', " +
              (kind_of(format()) == kind_of(formats.front())
                   ? "but this program knows " + known + " only: update cellmnn"
                   : "expected " + known));
}

Error TensorFile::error(const std::string& what) const { return file_error(path_, what); }

const std::string& TensorFile::text(const std::string& key) const {
  const auto found = content_.metadata.find(key);
  if (found == content_.metadata.end()) throw error("its metadata have no '" + key + "'");
  return found->second;
}

template <typename Scalar>
std::vector<Scalar> TensorFile::take(const std::string& name, const std::vector<Index>& shape) {
  const auto found = content_.tensors.find(name);
  if (found == content_.tensors.end()) throw error("it has no tensor '" + name + "'");
  auto* values = std::get_if<std::vector<Scalar>>(&found->second.values);
  if (values == nullptr) {
    throw error("the tensor '" + name + "' has a wrong dtype, expected " +
                (std::is_same_v<Scalar, float> ? "F32" : "F64"));
  }
  if (found->second.shape != shape) {
    const auto shown = [](const std::vector<Index>& extents) { return nlohmann::json(extents).dump(); };
    throw error("the tensor '" + name + "' has the shape " + shown(found->second.shape) + ", expected " +
                shown(shape));
  }
  if (!std::all_of(values->begin(), values->end(), [](Scalar value) { return std::isfinite(value); })) {
    throw error("the tensor '" + name + "' holds values that are not finite");
  }
  std::vector<Scalar> result = std::move(*values);
  content_.tensors.erase(found);
  return result;
}

template std::vector<float> TensorFile::take(const std::string&, const std::vector<Index>&);
template std::vector<double> TensorFile::take(const std::string&, const std::vector<Index>&);

void TensorFile::expect_no_more() const {
  if (!content_.tensors.empty())
    throw error("the tensor '" + content_.tensors.begin()->first + "' has no use");
}

std::string metadata_text(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace cellmnn
