#include <algorithm>
#include <string>
#include <utility>

#include "native/io/files/text.hpp"
#include "native/io/h5ad/h5ad_frame.hpp"
#include "native/io/h5ad/h5ad_matrix.hpp"
#include "native/io/time_courses/data_formats.hpp"
#include "native/io/time_courses/h5ad_genes.hpp"
#include "native/io/time_courses/time_column.hpp"

namespace cellmnn {
namespace {

using hdf5::Node;

/// anndata writes None as a dataset without values.
bool is_null(const Node& node) { return !node.is_group() && node.kind() == hdf5::ValueKind::none; }

std::string described(const Node& obsm) {
  std::string list;
  for (const std::string& name : obsm.children()) {
    const Node node = obsm.at(name);
    list += (list.empty() ? "'" : ", '") + name + "'";
    if (is_matrix(node)) list += " with " + std::to_string(matrix_shape(node).columns) + " columns";
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
    matrix_shape(*chosen);  // says what is wrong with it
    return *options.embedding_key;
  }
  if (!options.usual_embedding_key.empty() && obsm->find(options.usual_embedding_key)) {
    return options.usual_embedding_key;
  }
  for (const char* name : kEmbeddingNames) {
    const std::optional<Node> found = obsm->find(name);
    if (!found || is_null(*found)) continue;
    matrix_shape(*found);  // says what is wrong with it
    return name;
  }
  std::vector<std::string> matrices;
  for (const std::string& name : obsm->children()) {
    const Node node = obsm->at(name);
    if (is_matrix(node) && matrix_shape(node).columns >= 2) matrices.push_back(name);
  }
  if (matrices.size() == 1) return matrices[0];
  throw obsm->error("has no 'X_pca': choose one of " + described(*obsm) + " with --embedding-key");
}

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

}  // namespace

DataFile read_h5ad_times(const std::string& path, const DataOptions& options) {
  const H5adFrame obs(Node::open(path), "obs");
  DataFile file;
  file.path = path;
  file.format = "h5ad";
  file.names = obs.index();
  const TimeCandidates candidates{path, "obs column", obs.columns(), [&](const std::string& name) {
                                    return without_missing_texts(obs.column(name));
                                  }};
  sort_into_snapshots(find_time_column(candidates, options), file);
  return file;
}

DataFile read_h5ad(const std::string& path, const DataOptions& options) {
  const Node root = Node::open(path);
  DataFile file = read_h5ad_times(path, options);
  file.embedding_key = embedding_name(root, options);
  const Node embedding = root.at("obsm").at(file.embedding_key);
  file.available_dims = matrix_shape(embedding).columns;
  const Index dims = dims_to_read(options, path, embedding.name(), file.available_dims);
  read_matrix(embedding, dims, row_targets(file, &Snapshot::cells, dims));

  const std::vector<std::string> genes = read_gene_names(root, options, file);
  if (options.expression) read_expression(root, genes, file);
  if (!genes.empty()) read_gene_space(root, genes, options, file);
  return file;
}

}  // namespace cellmnn
