#include "native/io/time_courses/h5ad_genes.hpp"

#include <algorithm>
#include <utility>

#include "native/io/files/text.hpp"
#include "native/io/h5ad/gene_means_file.hpp"
#include "native/io/h5ad/gene_names.hpp"
#include "native/io/h5ad/h5ad_frame.hpp"
#include "native/io/h5ad/h5ad_matrix.hpp"

namespace cellmnn {
namespace {

using hdf5::Node;

/// Genes outside the variable ones have NaN in old files of scanpy; what they say is the same as 0.
void clear_unknown_loadings(Matrix<float>& loadings, const std::string& key, DataFile& file) {
  Index unknown = 0;
  for (auto row : loadings.rowwise()) {
    if (row.allFinite()) continue;
    row.setZero();
    ++unknown;
  }
  if (unknown == 0) return;
  file.warnings.push_back("varm['" + key + "'] holds no numbers for " + std::to_string(unknown) + " of " +
                          std::to_string(loadings.rows()) +
                          " genes: they are taken as 0, as of genes that are not highly variable");
}

}  // namespace

std::vector<std::string> read_gene_names(const Node& root, const DataOptions& options, DataFile& file) {
  if (!root.find("var")) {
    if (options.gene_names) throw root.error("has no 'var', so no genes to name (--gene-names)");
    return {};
  }
  const H5adFrame var(root, "var");
  std::optional<std::string> column = options.gene_names;
  const auto& columns = var.columns();
  if (column && std::find(columns.begin(), columns.end(), *column) == columns.end()) {
    throw root.at("var").error("has no column '" + *column + "' (--gene-names): it holds " +
                               (columns.empty() ? "only the index" : quoted_list(columns)));
  }
  const std::optional<std::string> usual = usual_symbol_column(columns);
  if (!column && are_gene_ids(var.index())) column = usual;
  GeneSources& sources = file.gene_sources;
  if (!column) {
    if (usual) sources.aliases = texts_of(var.column(*usual));
    return var.index();
  }
  sources.names = *column;
  sources.aliases = var.index();
  return names_by_symbol(texts_of(var.column(*column)), var.index());
}

void read_gene_space(const Node& root, const std::vector<std::string>& genes, const DataOptions& options,
                     Index dims, const std::function<Matrix<float>()>& coordinates, DataFile& file) {
  const std::optional<Node> varm = root.find("varm");
  if (!varm) return;
  const std::string key = file.embedding_key == "X_pca" ? "PCs" : file.embedding_key;  // scanpy's names
  const std::optional<Node> loadings = varm->find(key);
  if (!loadings || !is_matrix(*loadings)) return;
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
  clear_unknown_loadings(space.loadings, key, file);
  space.genes = genes;

  const std::vector<std::string>& index = file.gene_sources.names.empty() ? genes : file.gene_sources.aliases;
  GeneMeans means = gene_means(root, {index, space.loadings, coordinates(), options.gene_means});
  space.mean = std::move(means.mean);
  file.gene_sources.means = std::move(means.source);
  file.gene_sources.no_means = std::move(means.problem);
  for (std::string& warning : means.warnings) file.warnings.push_back(std::move(warning));
}

}  // namespace cellmnn
