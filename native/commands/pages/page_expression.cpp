#include "native/commands/pages/page_expression.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "cellmnn/error.hpp"
#include "cellmnn/expression_values.hpp"
#include "native/io/counts/counts_file.hpp"
#include "native/io/files/gzip.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/models/safetensors.hpp"
#include "native/io/models/tensor_file.hpp"

namespace cellmnn {
namespace {

/// (G) variance of each gene over all cells, on a log scale.
Vector<double> variances(const SparseMatrix& values, ExpressionScale scale) {
  Vector<double> sum = Vector<double>::Zero(values.columns), squares = sum;
  for (Index row = 0; row < values.rows; ++row) {
    values.for_row(row, [&](Index gene, float value) {
      const auto given = static_cast<double>(value);
      const double level = scale == ExpressionScale::counts ? std::log1p(given) : given;
      sum(gene) += level;
      squares(gene) += level * level;
    });
  }
  const auto cells = static_cast<double>(values.rows);
  return squares / cells - (sum / cells).cwiseAbs2();
}

/// Ascending; ties in the order of the file.
std::vector<Index> most_varying_genes(const Vector<double>& variance, Index most) {
  std::vector<Index> genes(static_cast<std::size_t>(variance.size()));
  std::iota(genes.begin(), genes.end(), Index{0});
  std::stable_sort(genes.begin(), genes.end(), [&](Index a, Index b) { return variance(a) > variance(b); });
  std::erase_if(genes, [&](Index gene) { return !(variance(gene) > 0); });
  genes.resize(static_cast<std::size_t>(std::min<Index>(most, std::ssize(genes))));
  std::sort(genes.begin(), genes.end());
  return genes;
}

}  // namespace

std::string page_expression(const DataFile& file, const std::vector<Index>& rows, Index most_genes) {
  if (most_genes == 0 || !file.path.ends_with(".h5ad")) return "";
  CountsFile counts;
  std::vector<Index> genes;
  try {
    counts = read_counts(file.path, {"", "", "", false, true});
    genes = most_varying_genes(variances(counts.values, expression_scale(counts.values)), most_genes);
  } catch (const ReadFailure&) {
    throw;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::bad_input) throw;
    return "";
  }
  if (genes.empty()) return "";
  const std::vector<std::string>& names = std::ssize(file.data.gene_space.genes) == counts.values.columns
                                              ? file.data.gene_space.genes
                                              : counts.genes;
  std::vector<Index> place(static_cast<std::size_t>(counts.values.columns), -1);
  nlohmann::json listed = nlohmann::json::array();
  for (std::size_t g = 0; g < genes.size(); ++g) {
    place[static_cast<std::size_t>(genes[g])] = static_cast<Index>(g);
    listed.push_back(names[static_cast<std::size_t>(genes[g])]);
  }
  std::vector<float> values(rows.size() * genes.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    counts.values.for_row(rows[i], [&](Index gene, float value) {
      const Index column = place[static_cast<std::size_t>(gene)];
      if (column >= 0) values[i * genes.size() + static_cast<std::size_t>(column)] = value;
    });
  }
  SafeTensors tensors;
  tensors.metadata = {{"format", "cellmnn-expression/1"}, {"genes", metadata_text(listed)}};
  tensors.tensors["expression"] = {{std::ssize(rows), std::ssize(genes)}, std::move(values)};
  return gzipped(safetensors_bytes(tensors));
}

}  // namespace cellmnn
