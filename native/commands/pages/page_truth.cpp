#include "native/commands/pages/page_truth.hpp"

#include <nlohmann/json.hpp>
#include <vector>

#include "cellmnn/error.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/models/safetensors.hpp"
#include "native/io/models/tensor_file.hpp"
#include "native/io/numpy/npz.hpp"
#include "native/io/tables/known_edges.hpp"

namespace cellmnn {
namespace {

constexpr const char* kTrajectories = "trajectories";
constexpr const char* kTrajectoryTimes = "times";

std::vector<double> trajectory_times(const NpzFile& npz) {
  const xt::xarray<double> times = npz.numbers(kTrajectoryTimes);
  return {times.begin(), times.end()};
}

SafeTensor projected_paths(const NpzFile& npz, std::size_t times, const DataFile& file) {
  const GeneSpace& space = file.data.gene_space;
  if (space.loadings.size() == 0 || space.mean.size() == 0) {
    throw file_error(file.path,
                     "has no loadings and means of genes, by which true paths come into its components");
  }
  const xt::xarray<double> expression = npz.numbers(kTrajectories);
  const auto& shape = expression.shape();
  const auto genes = static_cast<std::size_t>(space.loadings.rows());
  if (shape.size() != 3 || shape[1] != times || shape[2] != genes) {
    throw file_error(npz.path(), "'" + std::string(kTrajectories) + "' must be paths x " +
                                     std::to_string(times) + " times x the " + std::to_string(genes) +
                                     " genes of " + file.path +
                                     ", as 'cellmnn simulate --trajectories' writes them");
  }
  const auto rows = static_cast<Index>(shape[0] * shape[1]);
  const Eigen::Map<const Matrix<double>> values(expression.data(), rows, space.loadings.rows());
  const Matrix<float> places =
      ((values.rowwise() - space.mean.cast<double>().transpose()) * space.loadings.cast<double>())
          .cast<float>();
  return {{static_cast<Index>(shape[0]), static_cast<Index>(shape[1]), places.cols()},
          std::vector<float>(places.data(), places.data() + places.size())};
}

}  // namespace

std::string page_truth(const DataFile& file, const TruthFiles& truth) {
  if (truth.paths.empty()) return "";
  nlohmann::json network = nlohmann::json::array();
  for (const KnownEdge& edge : read_known_edges(truth.network))
    network.push_back({edge.regulator, edge.target, edge.sign});
  const NpzFile npz(truth.paths);
  std::vector<double> times = trajectory_times(npz);
  SafeTensors tensors;
  tensors.metadata = {{"format", "cellmnn-truth/1"}, {"network", metadata_text(network)}};
  tensors.tensors["paths"] = projected_paths(npz, times.size(), file);
  tensors.tensors["time"] = {{std::ssize(times)}, std::move(times)};
  return safetensors_bytes(tensors);
}

}  // namespace cellmnn
