#include "cellmnn/programmes.hpp"

#include <algorithm>
#include <cmath>

#include "base/eigenvalues.hpp"

namespace cellmnn {
namespace {

constexpr double kStill = 1e-9;  // a rotation slower than this share of the rate is rounding

/// Scales both by the length of `genes` and the sign of its largest entry.
void normalise(Programme& programme) {
  Index largest = 0;
  programme.genes.cwiseAbs().maxCoeff(&largest);
  const double length = programme.genes.norm();
  if (length == 0) return;
  const double scale = (programme.genes(largest) < 0 ? -1 : 1) / length;
  programme.genes *= scale;
  programme.genes_later *= scale;
}

}  // namespace

std::vector<Programme> eigen_programmes(const GeneSpace& space, const Matrix<double>& b) {
  const GeneralEigen eigen = general_eigen(b);
  const Matrix<double> loadings = space.loadings.cast<double>();
  std::vector<Programme> programmes;
  for (Index k = 0; k < b.rows(); ++k) {
    std::complex<double> rate = eigen.values(k);
    if (std::abs(rate.imag()) <= kStill * std::abs(rate)) rate = rate.real();
    if (rate.imag() < 0) continue;  // its conjugate is listed
    const Eigen::VectorXcd vector = eigen.vectors.col(k);
    Programme programme{rate, loadings * vector.real(), {}};
    // exp(i omega t) (p + i q): the real part is p now and -q a quarter turn later.
    if (rate.imag() > 0) programme.genes_later = -(loadings * vector.imag());
    normalise(programme);
    programmes.push_back(std::move(programme));
  }
  std::stable_sort(programmes.begin(), programmes.end(),
                   [](const Programme& x, const Programme& y) { return x.rate.real() > y.rate.real(); });
  return programmes;
}

}  // namespace cellmnn
