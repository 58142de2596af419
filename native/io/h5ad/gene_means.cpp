#include "native/io/h5ad/gene_means.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "native/io/files/text.hpp"
#include "native/io/h5ad/centring.hpp"

namespace cellmnn {
namespace {

constexpr Index kTestBlocks = 4, kTestRows = 4;  // of cells, spread over the file
constexpr double kLargestOffsetError = 0.05;

/// V^T e of some cells, and their sums.
struct Products {
  Matrix<double> of_cells;  ///< (N, D)
  Vector<double> sum;       ///< (G)
  bool negative = false;
};

/// Of all cells, or of the rows [begin, end) of each block.
Products products(const GeneExpression& expression, const Matrix<float>& loadings, Index cells, bool log,
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
    expression.visit_all(visit);
  } else {
    for (const auto& [begin, end] : blocks) expression.visit_rows(begin, end, visit);
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
Fit fit(const GeneExpression& expression, const GeneMeansRequest& request, bool log,
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
  GeneExpression expression;
  bool log;
  Fit fit;
  bool of_all_cells;

  std::string name() const { return log ? "log(1 + " + expression.name + ")" : expression.name; }
};

std::optional<Match> match(const std::vector<GeneExpression>& candidates, const GeneMeansRequest& request,
                           std::string& tried) {
  for (const GeneExpression& expression : candidates) {
    const bool rows = static_cast<bool>(expression.visit_rows);
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

GeneMeans gene_means(const std::vector<GeneExpression>& candidates, std::optional<Vector<float>> stored,
                     const GeneMeansRequest& request) {
  GeneMeans result;
  GeneMeansRequest test = request;
  test.compute = request.compute && !stored;
  std::string tried;
  std::optional<Match> found = match(candidates, test, tried);
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
