#include "native/commands/preprocess/preprocessed_file.hpp"

#include <algorithm>

#include "native/io/h5ad/column_writer.hpp"
#include "native/io/hdf5/hdf5_writer.hpp"

namespace cellmnn {
namespace {

using hdf5::Id;

std::vector<std::string> names_of(const FrameColumns& columns) {
  std::vector<std::string> names;
  for (const auto& [name, column] : columns) names.push_back(name);
  return names;
}

void write_var(const Id& file, const Preprocessed& result) {
  const std::vector<std::pair<std::string, const Vector<double>*>> numbers = {
      {"means", &result.genes.means},
      {"dispersions", &result.genes.dispersions},
      {"dispersions_norm", &result.genes.dispersions_norm},
      {"mean", &result.mean},
      {"std", &result.std}};
  FrameColumns others = result.data.var;
  std::erase_if(others, [&](const auto& column) {
    return column.first == "highly_variable" ||
           std::any_of(numbers.begin(), numbers.end(),
                       [&](const auto& number) { return number.first == column.first; });
  });
  std::vector<std::string> names = names_of(others);
  names.emplace_back("highly_variable");
  for (const auto& [name, values] : numbers) names.push_back(name);

  const Id var = hdf5::create_frame({file, "var"}, result.data.genes, names);
  for (const auto& [name, column] : others) write_column({var, name}, column);
  hdf5::write_array({var, "highly_variable"}, result.genes.chosen);
  for (const auto& [name, values] : numbers) hdf5::write_array({var, name}, *values);
}

/// (G, D) with rows of 0 for genes that were not chosen.
Matrix<double> all_loadings(const Preprocessed& result) {
  const auto genes = static_cast<Index>(result.data.genes.size());
  Matrix<double> loadings = Matrix<double>::Zero(genes, result.pca.loadings.cols());
  Index row = 0;
  for (Index g = 0; g < genes; ++g) {
    if (result.genes.chosen[static_cast<std::size_t>(g)]) {
      loadings.row(g) = result.pca.loadings.row(row++).cast<double>();
    }
  }
  return loadings;
}

void write_uns(const Id& file, const Preprocessed& result, const std::string& options) {
  const Id uns = hdf5::create_dict({file, "uns"});
  hdf5::write_array({uns, "pca_mean"}, Vector<float>(result.mean.cast<float>()));
  const Id pca = hdf5::create_dict({uns, "pca"});
  hdf5::write_array({pca, "variance"}, result.pca.variance);
  hdf5::write_array({pca, "variance_ratio"}, result.variance_ratio);
  const Id params = hdf5::create_dict({pca, "params"});
  hdf5::write_text({params, "mask_var"}, "highly_variable");
  const Id hvg = hdf5::create_dict({uns, "hvg"});
  hdf5::write_text({hvg, "flavor"}, "seurat");
  hdf5::create_dict({uns, "log1p"});  // scanpy's sign that X is log(1 + x), of the natural base
  const Id own = hdf5::create_dict({uns, "cellmnn"});
  hdf5::write_text({own, "preprocess"}, options);
}

void write_elements(const Id& file, const Preprocessed& result, const std::string& options) {
  const SparseMatrix& x = result.data.values;
  hdf5::write_sparse({file, "X"}, x, x.values);
  const Id layers = hdf5::create_dict({file, "layers"});
  if (!result.counts.empty()) hdf5::write_sparse({layers, "counts"}, x, result.counts);
  const Id obs = hdf5::create_frame({file, "obs"}, result.data.cells, names_of(result.data.obs));
  for (const auto& [name, column] : result.data.obs) write_column({obs, name}, column);
  write_var(file, result);
  const Id obsm = hdf5::create_dict({file, "obsm"});
  hdf5::write_array({obsm, "X_pca"}, result.pca.scores);
  const Id varm = hdf5::create_dict({file, "varm"});
  const Matrix<double> loadings = all_loadings(result);
  hdf5::write_array({varm, "PCs"}, {loadings.rows(), loadings.cols()}, loadings.data());
  write_uns(file, result, options);
  for (const char* name : {"obsp", "varp"}) hdf5::create_dict({file, name});
}

}  // namespace

void write_preprocessed(const std::string& path, const Preprocessed& result, const std::string& options) {
  hdf5::write_file(path, [&](const Id& file) { write_elements(file, result, options); });
}

}  // namespace cellmnn
