#include "cellmnn/programmes.hpp"

#include <unsupported/Eigen/MatrixFunctions>

#include "catch.hpp"
#include "cellmnn/interactions.hpp"
#include "gene_model.hpp"

using namespace cellmnn;
using namespace cellmnn::testing;

TEST_CASE("a programme grows and turns as its rate says", "[programmes]") {
  const GeneSpace space = gene_model().gene_space;
  Eigen::Matrix3d modes;  // grows at 0.5, decays at 1 while it turns at 2
  modes << 0.5, 0, 0, 0, -1, -2, 0, 2, -1;
  const Eigen::Matrix3d basis = random_matrix(3, 3, 4);
  const Matrix<double> b = basis * modes * basis.inverse();
  const std::vector<Programme> programmes = eigen_programmes(space, b);
  REQUIRE(programmes.size() == 2);
  CHECK(programmes[0].rate.real() == Approx(0.5));
  CHECK(programmes[0].rate.imag() == 0);
  CHECK(programmes[0].genes_later.size() == 0);
  CHECK(programmes[1].rate.real() == Approx(-1));
  CHECK(programmes[1].rate.imag() == Approx(2));

  const Matrix<double> v = space.loadings.cast<double>(), w = dual_loadings(space);
  const auto after = [&](const Vector<double>& genes, double time) -> Vector<double> {
    const Eigen::MatrixXd step = (Eigen::MatrixXd(b) * time).exp();
    return v * (step * (w.transpose() * genes));
  };
  CHECK((after(programmes[0].genes, 2) - std::exp(0.5 * 2) * programmes[0].genes).norm() < 1e-6);
  const double quarter = std::acos(-1) / 2 / 2;
  CHECK((after(programmes[1].genes, quarter) - std::exp(-quarter) * programmes[1].genes_later).norm() < 1e-6);
  for (const Programme& programme : programmes) {
    CHECK(programme.genes.norm() == Approx(1));
    CHECK(programme.genes.maxCoeff() == programme.genes.cwiseAbs().maxCoeff());
  }
}
