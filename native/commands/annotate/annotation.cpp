#include "native/commands/annotate/annotation.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "cellmnn/velocity_graph.hpp"
#include "native/commands/shared/prediction_table.hpp"
#include "native/io/files/text.hpp"
#include "native/io/files/utf8.hpp"
#include "native/io/h5ad/annotated_h5ad.hpp"
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

/// Throws bad_input for one that is missing, or is written in any case.
std::vector<Matrix<float>> read_bases(const DataFile& file, const AnnotationRequest& request) {
  const hdf5::Node root = hdf5::Node::open(file.path);
  std::set<std::string> written = {basis_of(file.embedding_key)};
  std::vector<Matrix<float>> bases;
  for (const std::string& basis : request.bases) {
    if (!written.insert(basis).second) {
      throw Error(ErrorCode::usage, "the velocity in '" + basis +
                                        "' (--basis) is written already: give other embeddings, each once");
    }
    bases.push_back(read_basis(root, basis, cell_count(file)));
  }
  return bases;
}

/// What is said of each cell by itself.
Annotation annotation_of(const ModelFile& model, const DataFile& file, const UsedCells& used,
                         const AnnotationRequest& request, Executor& executor) {
  const CellMnn& trained = model.model;
  const Matrix<float>& x = used.block.positions;
  const Vector<double>& times = used.block.times;
  const Matrix<float> velocity = trained.velocity(x, times, executor)(used.places, Eigen::all);
  const Vector<float> largest = trained.eigenvalues(x, times, executor).real().rowwise().maxCoeff();

  Annotation result;
  result.times = {{"cellmnn_time", times(used.places)}};
  result.numbers = {{"cellmnn_speed", velocity.rowwise().norm()},
                    {"cellmnn_max_eigenvalue", largest(used.places)}};
  if (trained.config.mass) {
    result.times.emplace_back(trained.knows_growth() ? "cellmnn_growth" : "cellmnn_weight_rate",
                              trained.growth(x, times, executor)(used.places));
  }
  result.flags = {{"cellmnn_extrapolated", extrapolated(trained, times(used.places))}};
  result.arrays = {{"X_cellmnn", x(used.places, Eigen::all)},
                   {"velocity_cellmnn", velocity},
                   {"velocity_" + basis_of(file.embedding_key), padded(velocity, file.available_dims)}};
  if (!request.times.empty()) {
    const Paths paths = trained.paths(x, times, request.times, executor, FarAway::refuse, used.block.rows);
    for (std::size_t t = 0; t < request.times.size(); ++t) {
      result.arrays.emplace_back("X_cellmnn_t" + number_text(request.times[t]),
                                 paths.positions.slice(static_cast<Index>(t))(used.places, Eigen::all));
    }
  }
  return result;
}

/// What is said of cells beside each other, after annotation_of() of all cells.
void add_graphs(const std::vector<Matrix<float>>& bases, const AnnotationRequest& request, Executor& executor,
                Annotation& annotation, nlohmann::ordered_json& facts) {
  const Matrix<float> x = annotation.arrays[0].second, velocity = annotation.arrays[1].second;
  if (!bases.empty()) {
    const VelocityGraph graph = velocity_graph(x, velocity, request.neighbors, executor);
    for (std::size_t b = 0; b < bases.size(); ++b) {
      annotation.arrays.emplace_back("velocity_" + request.bases[b], projected_velocity(graph, bases[b]));
    }
  }
  if (request.transition) {
    TransitionMatrix transition = transition_matrix(x, velocity, request.neighbors, std::nullopt, executor);
    facts["transition"] = {{"neighbors", request.neighbors}, {"scale", transition.scale}};
    annotation.graphs = {{"T_fwd", std::move(transition.probabilities)}};
  }
}

}  // namespace

bool needs_all_cells(const AnnotationRequest& request) {
  return request.transition || !request.bases.empty();
}

std::vector<std::string> write_annotation(const std::string& path, const ModelFile& model, CellPasses& cells,
                                          const AnnotationRequest& request, bool replace,
                                          Executor& executor) {
  const std::vector<Matrix<float>> bases = read_bases(cells.file(), request);
  AnnotatedFile file(cells.file().path, path, replace);
  nlohmann::ordered_json facts = description(model, cells.file(), request);
  std::vector<std::string> arrays;
  cells.for_each_block([&](const UsedCells& used) {
    Annotation part = annotation_of(model, cells.file(), used, request, executor);
    add_graphs(bases, request, executor, part, facts);
    part.texts = {{"annotate", json_text(facts)}};
    file.add(part);
    arrays.clear();
    for (const auto& [name, values] : part.arrays) arrays.push_back(name);
  });
  file.finish();
  return arrays;
}

}  // namespace cellmnn
