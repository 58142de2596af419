#include "native/commands/annotate/annotation.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "cellmnn/velocity_graph.hpp"
#include "native/commands/shared/cells_in_order.hpp"
#include "native/io/files/text.hpp"
#include "native/io/files/utf8.hpp"
#include "native/io/h5ad/h5ad_matrix.hpp"
#include "native/io/hdf5/hdf5_node.hpp"

namespace cellmnn {
namespace {

/// "X_pca" -> "pca".
std::string basis_of(const std::string& embedding) {
  return embedding.starts_with("X_") ? embedding.substr(2) : embedding;
}

Matrix<float> padded(const Matrix<float>& values, Index columns) {
  Matrix<float> result = Matrix<float>::Zero(values.rows(), columns);
  result.leftCols(values.cols()) = values;
  return result;
}

/// Of so many cells.
Matrix<float> read_basis(const hdf5::Node& root, const std::string& basis, Index cells) {
  const hdf5::Node node = root.at("obsm").at("X_" + basis);
  const MatrixShape shape = matrix_shape(node);
  if (shape.rows != cells) {
    throw node.error("has " + std::to_string(shape.rows) + " rows, but there are " + std::to_string(cells) +
                     " cells");
  }
  Matrix<float> embedding(shape.rows, shape.columns);
  std::vector<float*> rows;
  for (auto row : embedding.rowwise()) rows.push_back(row.data());
  read_matrix(node, shape.columns, rows);
  if (!embedding.allFinite()) throw node.error("holds values that are not finite");
  return embedding;
}

nlohmann::ordered_json description(const ModelFile& model, const DataFile& file,
                                   const AnnotationRequest& request) {
  nlohmann::ordered_json json = {{"version", CELLMNN_VERSION},
                                 {"dims", model.model.config.dims},
                                 {"time_key", file.time_key},
                                 {"embedding_key", file.embedding_key},
                                 {"velocity", "dx/dt per unit of obs cellmnn_time"}};
  if (!request.bases.empty()) {
    json["graph"] = {{"neighbors", request.neighbors},
                     {"probability", "softmax of 10 cosine(velocity, step to the neighbour)"},
                     {"projection", "sum of (probability - 1/neighbors) step / |step|"},
                     {"bases", request.bases}};
  }
  json["model"] = model.provenance;
  return json;
}

}  // namespace

Annotation annotation_of(const ModelFile& model, const DataFile& file, const AnnotationRequest& request,
                         Executor& executor) {
  const CellMnn& trained = model.model;
  const hdf5::Node root = hdf5::Node::open(file.path);
  std::set<std::string> written = {basis_of(file.embedding_key)};
  std::vector<Matrix<float>> bases;
  for (const std::string& basis : request.bases) {
    if (!written.insert(basis).second) {
      throw Error(ErrorCode::usage, "the velocity in '" + basis +
                                        "' (--basis) is written already: give other embeddings, each once");
    }
    bases.push_back(read_basis(root, basis, file.data.cells()));
  }

  const CellsInOrder cells = cells_in_order(file);
  const Matrix<float>& x = cells.positions;
  const Matrix<float> velocity = trained.velocity(x, cells.times, executor);
  const Vector<float> largest = trained.eigenvalues(x, cells.times, executor).real().rowwise().maxCoeff();

  Annotation result;
  result.times = {{"cellmnn_time", cells.times}};
  result.numbers = {{"cellmnn_speed", velocity.rowwise().norm()}, {"cellmnn_max_eigenvalue", largest}};
  if (trained.config.mass) {
    result.times.emplace_back(trained.knows_growth() ? "cellmnn_growth" : "cellmnn_weight_rate",
                              trained.growth(x, cells.times, executor));
  }
  std::vector<bool> extrapolated;
  for (const double time : cells.times) {
    extrapolated.push_back(time < trained.first_time() || time > trained.last_time());
  }
  result.flags = {{"cellmnn_extrapolated", extrapolated}};
  result.arrays = {{"X_cellmnn", x},
                   {"velocity_cellmnn", velocity},
                   {"velocity_" + basis_of(file.embedding_key), padded(velocity, file.available_dims)}};
  if (!request.times.empty()) {
    const Tensor3<float> positions = trained.predict(x, cells.times, request.times, executor);
    for (std::size_t t = 0; t < request.times.size(); ++t) {
      result.arrays.emplace_back("X_cellmnn_t" + number_text(request.times[t]),
                                 positions.slice(static_cast<Index>(t)));
    }
  }
  nlohmann::ordered_json facts = description(model, file, request);
  if (!bases.empty()) {
    const VelocityGraph graph = velocity_graph(x, velocity, request.neighbors, executor);
    for (std::size_t b = 0; b < bases.size(); ++b) {
      result.arrays.emplace_back("velocity_" + request.bases[b], projected_velocity(graph, bases[b]));
    }
  }
  if (request.transition) {
    TransitionMatrix transition = transition_matrix(x, velocity, request.neighbors, std::nullopt, executor);
    facts["transition"] = {{"neighbors", request.neighbors}, {"scale", transition.scale}};
    result.graphs = {{"T_fwd", std::move(transition.probabilities)}};
  }
  result.texts = {{"annotate", json_text(facts)}};
  return result;
}

}  // namespace cellmnn
