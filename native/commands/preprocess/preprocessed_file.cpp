#include "native/commands/preprocess/preprocessed_file.hpp"

#include <algorithm>
#include <optional>

#include "native/io/h5ad/column_writer.hpp"
#include "native/io/hdf5/sparse_writer.hpp"

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
  const Matrix<double>& of_chosen = result.components.loadings;
  Matrix<double> loadings = Matrix<double>::Zero(genes, of_chosen.cols());
  Index row = 0;
  for (Index g = 0; g < genes; ++g) {
    if (result.genes.chosen[static_cast<std::size_t>(g)]) {
      loadings.row(g) = of_chosen.row(row++).cast<float>().cast<double>();  // as float32 holds them
    }
  }
  return loadings;
}

void write_uns(const Id& file, const Preprocessed& result, const std::string& options) {
  const Id uns = hdf5::create_dict({file, "uns"});
  hdf5::write_array({uns, "pca_mean"}, Vector<float>(result.mean.cast<float>()));
  const Id pca = hdf5::create_dict({uns, "pca"});
  hdf5::write_array({pca, "variance"}, result.components.variance);
  hdf5::write_array({pca, "variance_ratio"}, result.variance_ratio);
  const Id params = hdf5::create_dict({pca, "params"});
  hdf5::write_text({params, "mask_var"}, "highly_variable");
  const Id hvg = hdf5::create_dict({uns, "hvg"});
  hdf5::write_text({hvg, "flavor"}, "seurat");
  hdf5::create_dict({uns, "log1p"});  // scanpy's sign that X is log(1 + x), of the natural base
  const Id own = hdf5::create_dict({uns, "cellmnn"});
  hdf5::write_text({own, "preprocess"}, options);
}

/// X, the counts if they are kept, and the components of each cell, block by block.
void write_cells(const Id& file, const Preprocessed& result, bool keep_counts, Executor& executor) {
  RowBlocks& counts = *result.counts;
  const Index cells = counts.rows(), dims = result.components.loadings.cols();
  hdf5::SparseWriter x({file, "X"}, cells, counts.columns(), result.entries);
  const Id layers = hdf5::create_dict({file, "layers"});
  std::optional<hdf5::SparseWriter> layer;
  if (keep_counts) layer.emplace(hdf5::Place{layers, "counts"}, cells, counts.columns(), result.entries);
  const Id obsm = hdf5::create_dict({file, "obsm"});
  hdf5::Rows scores = hdf5::Rows::of_numbers<float>({obsm, "X_pca"}, {cells, dims});
  for (Index block = 0; block < counts.blocks(); ++block) {
    SparseMatrix rows = counts.read(block);
    if (layer) layer->add(rows, rows.values);
    result.to_logs(rows);
    x.add(rows, rows.values);
    keep(rows, std::vector<bool>(static_cast<std::size_t>(rows.rows), true), result.genes.chosen);
    scores.add(rows.rows, result.components.scores(rows, executor).data());
  }
  x.finish();
  if (layer) layer->finish();
  scores.finish();
}

void write_elements(const Id& file, const Preprocessed& result, const std::string& options) {
  const Id obs = hdf5::create_frame({file, "obs"}, result.data.cells, names_of(result.data.obs));
  for (const auto& [name, column] : result.data.obs) write_column({obs, name}, column);
  write_var(file, result);
  const Id varm = hdf5::create_dict({file, "varm"});
  const Matrix<double> loadings = all_loadings(result);
  hdf5::write_array({varm, "PCs"}, {loadings.rows(), loadings.cols()}, loadings.data());
  write_uns(file, result, options);
  for (const char* name : {"obsp", "varp"}) hdf5::create_dict({file, name});
}

}  // namespace

void write_preprocessed(const std::string& path, const Preprocessed& result, const std::string& options,
                        bool keep_counts, Executor& executor) {
  hdf5::write_file(path, [&](const Id& file) {
    write_cells(file, result, keep_counts, executor);
    write_elements(file, result, options);
  });
}

}  // namespace cellmnn
