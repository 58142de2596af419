#include "cellmnn/interactions.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "base/eigenvalues.hpp"
#include "base/products.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/nearest.hpp"
#include "genes/gene_synonyms.hpp"

namespace cellmnn {
namespace {

constexpr double kCollinear = 1e-10;  // share of the largest eigenvalue of V^T V
constexpr Index kCellsAtOnce = 4096;  // cells whose operators are in memory at a time

void require_genes(const GeneSpace& space) {
  if (!space.empty()) return;
  throw Error(ErrorCode::bad_input,
              "the model knows no genes: train it on data with the loadings of its coordinates "
              "(varm['PCs'] of an .h5ad)");
}

/// M of a regulator: mean over cells of e_j B, with e_j = mean_j + V_j x.
Matrix<double> weighted_operator(const GeneSpace& space, const OperatorMoments& moments, Index regulator) {
  Matrix<double> sum = static_cast<double>(space.mean(regulator)) * moments.mean;
  for (Index d = 0; d < space.loadings.cols(); ++d) {
    sum += static_cast<double>(space.loadings(regulator, d)) * moments.weighted[static_cast<std::size_t>(d)];
  }
  return sum;
}

bool are_alike(const std::string& a, const std::string& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

/// What a gene that is not there may be meant to be: the one of which this is a common name, or one of nearly
/// the same name; else how the genes are named.
std::string suggestion(const std::string& name, const std::vector<std::string>& genes) {
  const std::string official = official_symbol(name);
  for (const std::string& gene : genes) {
    if (!official.empty() && are_alike(gene, official)) return "; did you mean '" + gene + "'?";
  }
  const std::string near = nearest(name, genes);
  return near.empty() ? "; they have names such as '" + genes.front() + "'"
                      : "; did you mean '" + near + "'?";
}

}  // namespace

void require_gene_means(const GeneSpace& space) {
  if (space.mean.size() == static_cast<Index>(space.genes.size())) return;
  throw Error(ErrorCode::bad_input,
              "the model knows no mean expression of its genes, without which the absence of a gene has no "
              "meaning: use data with "
              "uns['pca_mean'] or X");
}

Index modelled_gene(const GeneSpace& space, const std::string& name) {
  require_genes(space);
  const auto found = std::find(space.genes.begin(), space.genes.end(), name);
  if (found == space.genes.end()) {
    throw Error(ErrorCode::bad_input, "'" + name + "' is not one of the model's " +
                                          std::to_string(space.genes.size()) + " genes" +
                                          suggestion(name, space.genes));
  }
  if (const auto same = std::count(found, space.genes.end(), name); same > 1) {
    throw Error(ErrorCode::bad_input, "'" + name + "' names " + std::to_string(same) +
                                          " genes of the data: make the names of genes unique");
  }
  const Index gene = found - space.genes.begin();
  if (space.loadings.row(gene).isZero(0)) {
    throw Error(ErrorCode::bad_input,
                "'" + name +
                    "' has only zero loadings, as genes outside the variable ones have: it does not enter "
                    "the model, which can say nothing about it");
  }
  return gene;
}

std::vector<Index> modelled_genes(const GeneSpace& space) {
  require_genes(space);
  std::vector<Index> genes;
  for (Index g = 0; g < space.loadings.rows(); ++g) {
    if (!space.loadings.row(g).isZero(0)) genes.push_back(g);
  }
  return genes;
}

Matrix<double> dual_loadings(const GeneSpace& space) {
  require_genes(space);
  const Matrix<double> v = space.loadings.cast<double>();
  const auto& [eigenvalues, eigenvectors] = symmetric_eigen(transposed_product(v, v));
  if (!(eigenvalues(0) > kCollinear * eigenvalues(eigenvalues.size() - 1))) {
    throw Error(
        ErrorCode::bad_input,
        "the loadings of the " + std::to_string(v.cols()) +
            " dimensions are collinear: genes do not determine the coordinates; use fewer dimensions");
  }
  const Matrix<double> vectors = eigenvectors;
  const Matrix<double> scaled = product(v, vectors) * eigenvalues.cwiseInverse().asDiagonal();
  return product_transposed(scaled, vectors);
}

OperatorMoments operator_moments(const CellMnn& model, const MatrixView<float>& cells,
                                 const Vector<double>& t, double degradation, Executor& executor) {
  const Index dims = model.config.dims, cell_count = cells.rows();
  if (cell_count == 0) throw Error(ErrorCode::bad_input, "there are no cells to average operators over");

  // Row c of `sums`: the sum of x_d A over cells, with 1 as the last x_d. Added in the order of blocks.
  Matrix<double> sums = Matrix<double>::Zero(dims + 1, dims * dims);
  for (Index begin = 0; begin < cell_count; begin += kCellsAtOnce) {
    const Index count = std::min(kCellsAtOnce, cell_count - begin);
    const Tensor3<float> operators =
        model.operators(cells.middleRows(begin, count), t.segment(begin, count), executor);
    const Matrix<double> a =
        Eigen::Map<const Matrix<float>>(operators.data(), count, dims * dims).cast<double>();
    Matrix<double> x(count, dims + 1);
    x.leftCols(dims) = cells.middleRows(begin, count).cast<double>();
    x.col(dims).setOnes();
    sums += transposed_product(x, a);
  }
  sums /= static_cast<double>(cell_count);

  const auto unwhitened = [&](Index row, double mean_x) -> Matrix<double> {
    const Eigen::Map<const Matrix<double>> a(sums.row(row).data(), dims, dims);
    Matrix<double> b = model.latent.std.asDiagonal() * a * model.latent.std.cwiseInverse().asDiagonal();
    b.diagonal().array() += degradation * mean_x;
    return b;
  };
  const Vector<double> mean_x = cells.cast<double>().colwise().mean().transpose();
  OperatorMoments moments{unwhitened(dims, 1), {}};
  for (Index d = 0; d < dims; ++d) moments.weighted.push_back(unwhitened(d, mean_x(d)));
  return moments;
}

OperatorMoments identity_moments(const MatrixView<float>& cells) {
  const Matrix<double> identity = Matrix<double>::Identity(cells.cols(), cells.cols());
  const Vector<double> mean_x = cells.cast<double>().colwise().mean().transpose();
  OperatorMoments moments{identity, {}};
  for (const double mean : mean_x) moments.weighted.emplace_back(mean * identity);
  return moments;
}

Effects gene_operator(const GeneSpace& space, const Matrix<double>& b) {
  return {space.loadings.cast<double>(), product_transposed(dual_loadings(space), b)};
}

Effects mean_effects(const GeneSpace& space, const OperatorMoments& moments) {
  const Matrix<double> dual = dual_loadings(space);
  require_gene_means(space);
  Effects effects{space.loadings.cast<double>(), Matrix<double>(dual.rows(), dual.cols())};
  for (Index j = 0; j < dual.rows(); ++j) {
    effects.regulators.row(j) = (weighted_operator(space, moments, j) * dual.row(j).transpose()).transpose();
  }
  return effects;
}

Effects covariance_effects(const GeneSpace& space, const MatrixView<float>& cells) {
  require_genes(space);
  const Matrix<double> v = space.loadings.cast<double>();
  const Matrix<double> centred = cells.cast<double>().rowwise() - cells.cast<double>().colwise().mean();
  const Matrix<double> covariance = transposed_product(centred, centred) / static_cast<double>(cells.rows());
  return {v, product(v, covariance)};
}

std::vector<ShuffledNull> shuffled_nulls(const GeneSpace& space, const OperatorMoments& moments,
                                         const std::vector<Index>& regulators) {
  require_gene_means(space);
  // v^T M w with independent v and w of mean u, q and second moments P, Q: mean u^T M q, and mean square
  // tr(P M Q M^T). Shuffled dimensions are independent, so P = u u^T + diag(variance).
  struct Moments {
    Vector<double> mean;
    Matrix<double> second;
  };
  const auto moments_of = [](const Matrix<double>& loadings) -> Moments {
    const Vector<double> mean = loadings.colwise().mean().transpose();
    Matrix<double> second = mean * mean.transpose();
    second.diagonal() += (loadings.rowwise() - mean.transpose()).colwise().squaredNorm().transpose() /
                         static_cast<double>(loadings.rows());
    return {mean, second};
  };
  const std::vector<Index> genes = modelled_genes(space);
  const Matrix<double> loadings = space.loadings.cast<double>(), dual = dual_loadings(space);
  const Moments v = moments_of(loadings(genes, Eigen::all)), w = moments_of(dual(genes, Eigen::all));
  std::vector<ShuffledNull> nulls;
  for (const Index regulator : regulators) {
    const Matrix<double> m = weighted_operator(space, moments, regulator);
    const double mean = v.mean.dot(m * w.mean);
    const double square = product(product(v.second, m), w.second).cwiseProduct(m).sum();
    nulls.push_back({mean, std::sqrt(std::max(0.0, square - mean * mean))});
  }
  return nulls;
}

Vector<double> activating_share(const CellMnn& model, const MatrixView<float>& cells, const Vector<double>& t,
                                Index regulator, double degradation, Executor& executor) {
  if (cells.rows() == 0)
    throw Error(ErrorCode::bad_input, "there are no cells to ask for the sign of effects");
  const Matrix<double> loadings = model.gene_space.loadings.cast<double>();
  const Vector<double> source = dual_loadings(model.gene_space).row(regulator).transpose();
  const Tensor3<float> operators = model.operators(cells, t, executor);
  Vector<double> share = Vector<double>::Zero(loadings.rows());
  for (Index n = 0; n < cells.rows(); ++n) {
    const Vector<double> rate = model.latent.std.cwiseProduct(operators.slice(n).cast<double>() *
                                                              source.cwiseQuotient(model.latent.std)) +
                                degradation * source;
    share += (loadings * rate).unaryExpr([](double effect) { return effect > 0 ? 1.0 : 0.0; });
  }
  return share / static_cast<double>(cells.rows());
}

}  // namespace cellmnn
