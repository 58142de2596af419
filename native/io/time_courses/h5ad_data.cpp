#include <algorithm>
#include <string>
#include <utility>

#include "native/io/files/text.hpp"
#include "native/io/h5ad/h5ad_frame.hpp"
#include "native/io/h5ad/h5ad_matrix.hpp"
#include "native/io/time_courses/data_formats.hpp"
#include "native/io/time_courses/time_column.hpp"

namespace cellmnn {
namespace {

using hdf5::Node;

std::string described(const Node& obsm) {
  std::string list;
  for (const std::string& name : obsm.children()) {
    const Node node = obsm.at(name);
    list += (list.empty() ? "'" : ", '") + name + "'";
    if (is_dense_matrix(node)) list += " with " + std::to_string(node.shape()[1]) + " columns";
  }
  return list;
}

std::string embedding_name(const Node& root, const DataOptions& options) {
  const std::optional<Node> obsm = root.find("obsm");
  if (!obsm || obsm->children().empty()) {
    throw root.error(
        "has no embedding in obsm: compute principal components first, by 'cellmnn preprocess' or "
        "scanpy.pp.pca");
  }
  if (options.embedding_key) {
    const std::optional<Node> chosen = obsm->find(*options.embedding_key);
    if (!chosen) {
      throw obsm->error("has no '" + *options.embedding_key + "' (--embedding-key): it holds " +
                        described(*obsm));
    }
    if (!is_dense_matrix(*chosen)) throw chosen->error("is not a dense numeric matrix");
    return *options.embedding_key;
  }
  for (const char* name : kEmbeddingNames) {
    const std::optional<Node> found = obsm->find(name);
    if (found && is_dense_matrix(*found)) return name;
  }
  std::vector<std::string> matrices;
  for (const std::string& name : obsm->children()) {
    const Node node = obsm->at(name);
    if (is_dense_matrix(node) && node.shape()[1] >= 2) matrices.push_back(name);
  }
  if (matrices.size() == 1) return matrices[0];
  throw obsm->error("has no 'X_pca': choose one of " + described(*obsm) + " with --embedding-key");
}

/// anndata writes None as a dataset without values.
bool is_null(const Node& node) { return !node.is_group() && node.kind() == hdf5::ValueKind::none; }

/// Reads X where the file has one.
void read_expression(const Node& root, const std::vector<std::string>& genes, DataFile& file) {
  const std::optional<Node> x = root.find("X");
  if (!x || is_null(*x) || genes.empty()) return;
  const Index columns = matrix_shape(*x).columns;
  if (columns != static_cast<Index>(genes.size())) {
    throw x->error("has " + std::to_string(columns) + " columns, but var names " +
                   std::to_string(genes.size()) + " genes");
  }
  read_matrix(*x, columns, row_targets(file, &Snapshot::expression, columns));
  file.genes = genes;
}

/// The mean that principal components were centred on: uns['pca_mean'], else that of X.
Vector<float> gene_mean(const Node& root, Index genes, const DataFile& file) {
  if (const std::optional<Node> uns = root.find("uns")) {
    const std::optional<Node> stored = uns->find("pca_mean");
    if (stored && stored->kind() == hdf5::ValueKind::number && stored->shape() == std::vector<Index>{genes}) {
      Vector<float> mean(genes);
      stored->read_rows(0, genes, 1, mean.data());
      return mean;
    }
  }
  if (file.genes.empty()) return {};
  Vector<double> sum = Vector<double>::Zero(genes);
  for (const Snapshot& snapshot : file.data.snapshots) {
    for (const auto& cell : snapshot.expression.rowwise()) sum += cell.transpose().cast<double>();
  }
  return (sum / static_cast<double>(file.data.cells())).cast<float>();
}

/// Reads the loadings of the embedding where the file has them.
void read_gene_space(const Node& root, const std::vector<std::string>& genes, Index dims, DataFile& file) {
  const std::optional<Node> varm = root.find("varm");
  if (!varm) return;
  const std::string key = file.embedding_key == "X_pca" ? "PCs" : file.embedding_key;  // scanpy's names
  const std::optional<Node> loadings = varm->find(key);
  if (!loadings || !is_dense_matrix(*loadings)) return;
  const MatrixShape shape = matrix_shape(*loadings);
  if (shape.columns < dims) {
    file.warnings.push_back("varm['" + key + "'] has only " + std::to_string(shape.columns) +
                            " columns for " + std::to_string(dims) +
                            " dimensions, so results cannot be mapped to genes");
    return;
  }
  GeneSpace& space = file.data.gene_space;
  space.loadings = Matrix<float>::Zero(static_cast<Index>(genes.size()), dims);
  std::vector<float*> targets;
  for (auto row : space.loadings.rowwise()) targets.push_back(row.data());
  read_matrix(*loadings, dims, targets);
  if (!space.loadings.allFinite()) throw loadings->error("holds values that are not finite");
  space.genes = genes;
  space.mean = gene_mean(root, shape.rows, file);
}

}  // namespace

DataFile read_h5ad(const std::string& path, const DataOptions& options) {
  const Node root = Node::open(path);
  const H5adFrame obs(root, "obs");
  DataFile file;
  file.path = path;
  file.format = "h5ad";
  file.names = obs.index();
  const TimeCandidates candidates{path, "obs column", obs.columns(),
                                  [&](const std::string& name) { return obs.column(name); }};
  sort_into_snapshots(find_time_column(candidates, options), file);

  file.embedding_key = embedding_name(root, options);
  const Node embedding = root.at("obsm").at(file.embedding_key);
  file.available_dims = matrix_shape(embedding).columns;
  const Index dims = dims_to_read(options, path, embedding.name(), file.available_dims);
  read_matrix(embedding, dims, row_targets(file, &Snapshot::cells, dims));

  const std::vector<std::string> genes =
      root.find("var") ? H5adFrame(root, "var").index() : std::vector<std::string>{};
  if (options.expression) read_expression(root, genes, file);
  if (!genes.empty()) read_gene_space(root, genes, dims, file);
  return file;
}

}  // namespace cellmnn
