#include "native/io/h5ad/gene_means_file.hpp"

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "native/io/h5ad/h5ad_frame.hpp"
#include "native/io/h5ad/h5ad_matrix.hpp"

namespace cellmnn {
namespace {

using hdf5::Node;

/// Of var, or of raw/var by the names of its genes; none if a modelled gene is missing.
std::optional<std::vector<Index>> genes_by_name(const Node& root, const GeneMeansRequest& request) {
  const H5adFrame var(root, "raw/var");
  std::unordered_map<std::string, Index> place;
  for (std::size_t g = 0; g < request.index.size(); ++g)
    place.emplace(request.index[g], static_cast<Index>(g));
  std::vector<Index> genes;
  std::vector<bool> found(request.index.size(), false);
  for (const std::string& name : var.index()) {
    const auto gene = place.find(name);
    genes.push_back(gene == place.end() ? -1 : gene->second);
    if (gene != place.end()) found[static_cast<std::size_t>(gene->second)] = true;
  }
  for (std::size_t g = 0; g < found.size(); ++g) {
    if (!found[g] && !request.loadings.row(static_cast<Index>(g)).isZero(0)) return std::nullopt;
  }
  return genes;
}

std::vector<GeneExpression> candidates(const Node& root, const GeneMeansRequest& request) {
  std::vector<Index> in_order;
  for (std::size_t g = 0; g < request.index.size(); ++g) in_order.push_back(static_cast<Index>(g));
  std::vector<GeneExpression> found;
  const auto add = [&](const std::string& name, const std::optional<Node>& node, std::vector<Index> genes) {
    if (!node || !is_matrix(*node) || storage_name(*node) == "dataframe") return;
    const MatrixShape shape = matrix_shape(*node);
    if (shape.rows != request.coordinates.rows() || shape.columns != static_cast<Index>(genes.size())) return;
    GeneExpression expression{name, std::move(genes), {}, {}};
    expression.visit_all = [matrix = *node](const GeneExpression::Visit& visit) {
      for_each_value(matrix, visit, [](Index) {});
    };
    if (has_rows(*node)) {
      expression.visit_rows = [matrix = *node](Index begin, Index end, const GeneExpression::Visit& visit) {
        for_each_value_of_rows(matrix, begin, end, visit);
      };
    }
    found.push_back(std::move(expression));
  };
  add("X", root.find("X"), in_order);
  if (const std::optional<Node> layers = root.find("layers")) {
    for (const std::string& name : layers->children()) add("layers/" + name, layers->find(name), in_order);
  }
  if (root.find("raw/X") && root.find("raw/var")) {
    if (auto genes = genes_by_name(root, request)) add("raw/X", root.find("raw/X"), *std::move(genes));
  }
  return found;
}

std::optional<Vector<float>> stored_mean(const Node& root, Index genes) {
  const std::optional<Node> stored = root.find("uns/pca_mean");
  if (!stored || stored->kind() != hdf5::ValueKind::number || stored->shape() != std::vector<Index>{genes}) {
    return std::nullopt;
  }
  Vector<float> mean(genes);
  stored->read_rows(0, genes, 1, mean.data());
  if (!mean.allFinite()) return std::nullopt;
  return mean;
}

}  // namespace

GeneMeans gene_means(const Node& root, const GeneMeansRequest& request) {
  return gene_means(candidates(root, request), stored_mean(root, static_cast<Index>(request.index.size())),
                    request);
}

}  // namespace cellmnn
