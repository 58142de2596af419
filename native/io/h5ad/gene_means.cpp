#include "native/io/h5ad/gene_means.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>
#include <utility>

#include "native/io/files/text.hpp"
#include "native/io/h5ad/centring.hpp"
#include "native/io/h5ad/h5ad_frame.hpp"
#include "native/io/h5ad/h5ad_matrix.hpp"

namespace cellmnn {
namespace {

using hdf5::Node;

constexpr Index kTestBlocks = 4, kTestRows = 4;  // of cells, spread over the file
constexpr double kLargestOffsetError = 0.05;

/// Expression that may be what the components were computed from.
struct Expression {
  std::string name;
  Node matrix;
  std::vector<Index> genes;  ///< of each column, or -1
};

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

std::vector<Expression> candidates(const Node& root, const GeneMeansRequest& request) {
  std::vector<Index> in_order;
  for (std::size_t g = 0; g < request.index.size(); ++g) in_order.push_back(static_cast<Index>(g));
  std::vector<Expression> found;
  const auto add = [&](const std::string& name, const std::optional<Node>& node, std::vector<Index> genes) {
    if (!node || !is_matrix(*node) || storage_name(*node) == "dataframe") return;
    const MatrixShape shape = matrix_shape(*node);
    if (shape.rows != request.coordinates.rows() || shape.columns != static_cast<Index>(genes.size())) return;
    found.push_back({name, *node, std::move(genes)});
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

/// V^T e of some cells, and their sums.
struct Products {
  Matrix<double> of_cells;  ///< (N, D)
  Vector<double> sum;       ///< (G)
  bool negative = false;
};

/// Of all cells, or of the rows [begin, end) of each block.
Products products(const Expression& expression, const Matrix<float>& loadings, Index cells, bool log,
                  const std::vector<std::pair<Index, Index>>& blocks) {
  Products result{Matrix<double>::Zero(cells, loadings.cols()), Vector<double>::Zero(loadings.rows()), false};
  const Matrix<double> v = loadings.cast<double>();
  const auto visit = [&](Index row, Index column, float value) {
    const Index gene = expression.genes[static_cast<std::size_t>(column)];
    if (value == 0 || gene < 0) return;
    result.negative = result.negative || value < 0;
    const double used = log ? std::log1p(static_cast<double>(value)) : static_cast<double>(value);
    result.of_cells.row(row) += used * v.row(gene);
    result.sum(gene) += used;
  };
  if (blocks.empty()) {
    for_each_value(expression.matrix, visit, [](Index) {});
  } else {
    for (const auto& [begin, end] : blocks) for_each_value_of_rows(expression.matrix, begin, end, visit);
  }
  return result;
}

std::vector<std::pair<Index, Index>> test_blocks(Index cells) {
  if (cells <= kTestBlocks * kTestRows) return {{0, cells}};
  std::vector<std::pair<Index, Index>> blocks;
  for (Index b = 0; b < kTestBlocks; ++b) {
    const Index begin = b * (cells - kTestRows) / (kTestBlocks - 1);
    blocks.emplace_back(begin, begin + kTestRows);
  }
  return blocks;
}

struct Fit {
  Centring centring;
  Products products;
};

/// How the coordinates follow from this expression, over all cells or those of the blocks.
Fit fit(const Expression& expression, const GeneMeansRequest& request, bool log,
        const std::vector<std::pair<Index, Index>>& blocks) {
  const Matrix<float>& coordinates = request.coordinates;
  Products all = products(expression, request.loadings, coordinates.rows(), log, blocks);
  if (blocks.empty()) {
    Centring of_all = centring(all.of_cells, coordinates);
    return {std::move(of_all), std::move(all)};
  }
  std::vector<Index> rows;
  for (const auto& [begin, end] : blocks) {
    for (Index row = begin; row < end; ++row) rows.push_back(row);
  }
  Centring of_rows = centring(all.of_cells(rows, Eigen::all), coordinates(rows, Eigen::all));
  return {std::move(of_rows), std::move(all)};
}

/// Expression from which the coordinates follow.
struct Match {
  Expression expression;
  bool log;
  Fit fit;
  bool of_all_cells;

  std::string name() const { return log ? "log(1 + " + expression.name + ")" : expression.name; }
};

std::optional<Match> match(const Node& root, const GeneMeansRequest& request, std::string& tried) {
  for (const Expression& expression : candidates(root, request)) {
    const bool rows = has_rows(expression.matrix);
    if (!rows && !request.compute) {  // a test would have to read everything
      tried += (tried.empty() ? "" : ", ") + expression.name + " is not tested";
      continue;
    }
    const auto blocks =
        rows ? test_blocks(request.coordinates.rows()) : std::vector<std::pair<Index, Index>>{};
    for (const bool log : {false, true}) {
      Fit found = fit(expression, request, log, blocks);
      if (found.centring.misfit <= kLargestMisfit) return Match{expression, log, std::move(found), !rows};
      if (log) break;
      tried += (tried.empty() ? "" : ", ") + expression.name + " is off by " +
               number_text(std::round(100 * found.centring.misfit) / 100);
      if (found.products.negative) break;
    }
  }
  return std::nullopt;
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

/// The mean of what was found to match.
void compute_mean(const GeneMeansRequest& request, Match& found, GeneMeans& result) {
  if (!found.of_all_cells) found.fit = fit(found.expression, request, found.log, {});
  const Vector<double> mean = found.fit.products.sum / static_cast<double>(request.coordinates.rows());
  const double error = offset_error(mean, request.loadings, found.fit.centring);
  result.mean = mean_with_offset(mean, request.loadings, found.fit.centring.offset);
  if (error > kLargestOffsetError) {
    result.warnings.emplace_back(
        "the components are not centred on the mean of these cells (they may be some of "
        "more cells): the mean of the genes is moved to that centre");
  }
  if (found.fit.products.negative) {
    result.warnings.push_back(found.name() +
                              " holds negative values, as scaled data do: an expression of 0 is "
                              "then the mean of a gene and not its absence");
  }
}

}  // namespace

GeneMeans gene_means(const Node& root, const GeneMeansRequest& request) {
  GeneMeans result;
  const auto genes = static_cast<Index>(request.index.size());
  std::optional<Vector<float>> stored = stored_mean(root, genes);
  GeneMeansRequest test = request;
  test.compute = request.compute && !stored;
  std::string tried;
  std::optional<Match> found = match(root, test, tried);
  if (stored && found &&
      offset_error(stored->cast<double>(), request.loadings, found->fit.centring) > kLargestOffsetError) {
    result.warnings.push_back("uns['pca_mean'] does not belong to the components and is left out: " +
                              found->name() + " shows another centre");
    stored.reset();
  }
  if (stored) {
    result.mean = *std::move(stored);
    result.source = "uns['pca_mean']";
    return result;
  }
  if (found) {
    result.source = found->name();
    if (request.compute) compute_mean(request, *found, result);
    return result;
  }
  result.problem = tried.empty()
                       ? "the file has neither uns['pca_mean'] nor expression (X) of these genes"
                       : "the coordinates are not the components of the file's expression: (X - mean) "
                         "PCs should give them, but in units of their spread " +
                             tried +
                             "; put the log-normalised expression of which they were computed "
                             "into X, or store its mean as uns['pca_mean']";
  return result;
}

}  // namespace cellmnn
