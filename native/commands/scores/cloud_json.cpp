#include "native/commands/scores/cloud_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cellmnn/error.hpp"
#include "native/io/files/json_reader.hpp"
#include "native/runtime/vectors.hpp"

namespace cellmnn {
namespace {

using nlohmann::ordered_json;

Error damaged(const std::string& how) {
  return {ErrorCode::bad_input, std::string("a saved prediction is damaged: ").append(how)};
}

}  // namespace

ordered_json to_json(const Vector<double>& values) {
  return std::vector<double>(values.begin(), values.end());
}

Vector<double> vector_from_json(const ordered_json& object, const char* name) {
  try {
    return to_vector(object.value(name, std::vector<double>()));
  } catch (const nlohmann::json::exception& error) {
    throw damaged(error.what());
  }
}

ordered_json to_json(const PointCloud& cloud) {
  const auto values = cloud.points.reshaped<Eigen::RowMajor>();
  return {{"dims", cloud.points.cols()},
          {"points", std::vector<double>(values.begin(), values.end())},
          {"weights", to_json(cloud.weights)}};
}

PointCloud cloud_from_json(const ordered_json& object) {
  try {
    const Index dims = std::max<Index>(1, whole_number<Index>(object.at("dims")));
    const auto values = object.at("points").get<std::vector<double>>();
    const Vector<double> weights = vector_from_json(object, "weights");
    const Index count = static_cast<Index>(values.size()) / dims;
    if (weights.size() > 0 && weights.size() != count) {
      throw damaged("it has " + std::to_string(weights.size()) + " weights for " + std::to_string(count) +
                    " points");
    }
    return {Eigen::Map<const Matrix<double>>(values.data(), count, dims), weights};
  } catch (const nlohmann::json::exception& error) {
    throw damaged(error.what());
  }
}

}  // namespace cellmnn
