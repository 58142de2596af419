#include "native/io/h5ad/projections.hpp"

#include <optional>
#include <utility>

#include "native/io/h5ad/h5ad_matrix.hpp"

namespace cellmnn {
namespace {

std::optional<Projection> projection(const hdf5::Node& obsm, const std::string& name) {
  const hdf5::Node node = obsm.at(name);
  if (name.starts_with("velocity") || !is_matrix(node)) return std::nullopt;
  const Index columns = matrix_shape(node).columns;
  const Index first = name.find("diffmap") == std::string::npos ? 0 : 1;
  if (columns < first + 2 || (columns > 3 && first == 0)) return std::nullopt;
  Matrix<float> values(matrix_shape(node).rows, first + 2);
  std::vector<float*> targets;
  for (auto row : values.rowwise()) targets.push_back(row.data());
  read_matrix(node, first + 2, targets);
  Projection found{name, values.rightCols(2)};
  if (!found.places.allFinite()) return std::nullopt;
  return found;
}

}  // namespace

std::vector<Projection> read_projections(const std::string& path, const std::string& embedding_key) {
  std::vector<Projection> found;
  if (!path.ends_with(".h5ad")) return found;
  const std::optional<hdf5::Node> obsm = hdf5::Node::open(path).find("obsm");
  if (!obsm) return found;
  for (const std::string& name : obsm->children()) {
    if (name == embedding_key) continue;
    if (std::optional<Projection> one = projection(*obsm, name)) found.push_back(std::move(*one));
  }
  return found;
}

}  // namespace cellmnn
