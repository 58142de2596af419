#include "native/io/models/known_data.hpp"

#include <bit>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string_view>

#include "cellmnn/error.hpp"
#include "native/io/files/json_reader.hpp"

namespace cellmnn {
namespace {

using nlohmann::json;

std::string hexadecimal(std::uint64_t value) {
  constexpr const char* kDigits = "0123456789abcdef";
  std::string text(16, '0');
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, value >>= 4U) *digit = kDigits[value & 15U];
  return text;
}

/// FNV-1a with 64 bits.
class Hash {
 public:
  void add(std::string_view bytes) {
    for (const char byte : bytes) value_ = (value_ ^ static_cast<unsigned char>(byte)) * 0x100000001B3U;
  }
  void add(float value) {
    auto bits = std::bit_cast<std::uint32_t>(value);
    for (int byte = 0; byte < 4; ++byte, bits >>= 8U) value_ = (value_ ^ (bits & 255U)) * 0x100000001B3U;
  }
  std::string text() const { return hexadecimal(value_); }

 private:
  std::uint64_t value_ = 0xCBF29CE484222325U;
};

template <typename Values>
std::string hash_of(const Values& values) {
  Hash hash;
  for (Index i = 0; i < values.size(); ++i) hash.add(values.data()[i]);
  return hash.text();
}

json centre_of(const Snapshot& snapshot) {
  const Eigen::RowVectorXd mean = snapshot.cells.cast<double>().colwise().mean();
  json centre = json::array();
  for (const double value : mean) centre.push_back(static_cast<float>(value));
  return centre;
}

Matrix<double> matrix_of(const json& rows) {
  if (rows.empty()) return {};
  Matrix<double> matrix(static_cast<Index>(rows.size()), static_cast<Index>(rows.at(0).size()));
  for (Index i = 0; i < matrix.rows(); ++i) {
    for (Index d = 0; d < matrix.cols(); ++d) {
      matrix(i, d) = rows.at(static_cast<std::size_t>(i)).at(static_cast<std::size_t>(d)).get<double>();
    }
  }
  return matrix;
}

}  // namespace

std::string hash_of(const std::vector<std::string>& names) {
  Hash hash;
  for (const std::string& name : names) {
    hash.add(name);
    hash.add(std::string_view("\n"));
  }
  return hash.text();
}

KnownFile known_data(const json& provenance) {
  KnownFile known;
  if (!provenance.contains("data")) return known;
  const json& data = provenance.at("data");
  try {
    known.times = data.value("times", known.times);
    for (const json& cells : data.value("cells", json::array()))
      known.cells.push_back(whole_number<Index>(cells));
    known.time_key = data.value("time_key", "");
    known.embedding_key = data.value("embedding_key", "");
    known.time_unit = data.value("time_unit", "");
    for (const json& entry : data.value("time_labels", json::array())) {
      known.labels.emplace(entry.at(0).get<std::string>(), entry.at(1).get<double>());
    }
    known.centres = matrix_of(data.value("centres", json::array()));
  } catch (const json::exception& failure) {
    throw Error(ErrorCode::bad_input,
                std::string("the model's provenance cannot be understood: ") + failure.what());
  }
  return known;
}

json data_provenance(const DataFile& file, const TimeCourse& training) {
  json times = json::array(), cells = json::array(), centres = json::array(), labels = json::array();
  for (const Snapshot& snapshot : training.snapshots) {
    times.push_back(snapshot.time);
    cells.push_back(snapshot.cells.rows());
    centres.push_back(centre_of(snapshot));
  }
  for (const TimeLabel& label : file.times) labels.push_back({label.label, label.time});
  json data = {{"fingerprint", hexadecimal(fingerprint(training))},
               {"times", times},
               {"cells", cells},
               {"centres", centres},
               {"time_key", file.time_key},
               {"embedding_key", file.embedding_key},
               {"time_unit", file.time_unit},
               {"time_labels", labels}};
  if (file.sample)
    data["sample"] = {{"cells", file.sample->cells}, {"of", file.sample->of}, {"seed", file.sample->seed}};
  const GeneSpace& space = training.gene_space;
  if (space.empty()) return data;
  data["gene_hash"] = hash_of(space.genes);
  data["loadings_hash"] = hash_of(space.loadings);
  if (space.mean.size() > 0) data["mean_hash"] = hash_of(space.mean);
  return data;
}

}  // namespace cellmnn
