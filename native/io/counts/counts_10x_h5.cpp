// The .h5 that Cell Ranger writes. From version 3 on: matrix/{barcodes, data, indices, indptr, shape} and
// matrix/features/{id, name, feature_type}; before: GENOME/{barcodes, data, indices, indptr, shape, genes,
// gene_names}. The matrix is genes x cells by columns, so that indptr divides cells.
#include "native/io/counts/counts_formats.hpp"
#include "native/io/files/text.hpp"
#include "native/io/h5ad/h5ad_matrix.hpp"

namespace cellmnn {
namespace {

using hdf5::Node;

bool is_counts(const Node& group) {
  if (!group.is_group()) return false;
  for (const char* part : {"barcodes", "data", "indices", "indptr", "shape"}) {
    if (!group.find(part)) return false;
  }
  return true;
}

/// "matrix", or the only genome.
Node counts_group(const Node& root) {
  std::vector<std::string> names;
  for (const std::string& name : root.children()) {
    if (is_counts(root.at(name))) names.push_back(name);
  }
  if (names.size() == 1) return root.at(names[0]);
  if (names.empty()) {
    throw root.error(
        "is no matrix of 10x: expected the group 'matrix' with barcodes, data, indices, indptr and "
        "shape, but it holds " +
        quoted_list(root.children()));
  }
  throw root.error("holds counts of several genomes, " + quoted_list(names) +
                   ": write the one to use as a file of its own");
}

/// The names of the features; of old files as gene_names.
struct Features {
  std::vector<std::string> ids, names, types;
};

Features read_features(const Node& group) {
  if (const auto features = group.find("features")) {
    Features result{features->at("id").texts(), features->at("name").texts(), {}};
    if (const auto types = features->find("feature_type")) result.types = types->texts();
    return result;
  }
  return {group.at("genes").texts(), group.at("gene_names").texts(), {}};
}

}  // namespace

CountsBlocks read_10x_h5_counts(const std::string& path, const CountsOptions&) {
  const Node root = Node::open(path);
  const Node group = counts_group(root);
  Features features = read_features(group);
  CountsBlocks file;
  file.path = path;
  file.format = "10x h5";
  file.cells = group.at("barcodes").texts();
  file.genes = std::move(features.names);
  const std::vector<double> shape = group.at("shape").numbers();
  const auto cells = static_cast<Index>(file.cells.size()), genes = static_cast<Index>(file.genes.size());
  if (shape != std::vector<double>{static_cast<double>(genes), static_cast<double>(cells)} ||
      features.ids.size() != file.genes.size() ||
      (!features.types.empty() && features.types.size() != file.genes.size())) {
    throw group.error("has a shape that does not fit its " + std::to_string(genes) + " features and " +
                      std::to_string(cells) + " barcodes");
  }
  for (std::size_t g = 0; g < file.genes.size(); ++g) {
    if (file.genes[g].empty()) file.genes[g] = features.ids[g];
  }
  file.values = blocks_of_rows(group, {cells, genes});
  file.var = {{"gene_ids", label_column(features.ids)}};
  keep_measured_genes(file, features.types);
  return file;
}

}  // namespace cellmnn
