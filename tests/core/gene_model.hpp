/// A model with genes, small enough for unit tests.
#pragma once

#include <Eigen/QR>
#include <string>

#include "cellmnn/model.hpp"
#include "gradient_check.hpp"

namespace cellmnn::testing {

inline constexpr Index kGenes = 7;
inline constexpr Index kGeneDims = 3;

/// Random weights; whitening and time scale are not trivial. Gene "G6" has zero loadings.
inline CellMnn gene_model(OperatorKind kind = OperatorKind::dense, bool orthonormal = true) {
  CellMnn model;
  model.config.operator_kind = kind;
  model.config.dims = kGeneDims;
  model.config.width = 8;
  model.config.depth = 2;
  model.latent.mean = Vector<double>::LinSpaced(kGeneDims, -1, 2);
  model.latent.std = Vector<double>::LinSpaced(kGeneDims, 0.5, 3);
  model.time_scale = {1, 2};
  model.training_times = {1, 9};
  model.parameters = random_matrix(parameter_count(model.config), 1, 1, 0.4).cast<float>();
  Matrix<double> loadings = Matrix<double>::Zero(kGenes, kGeneDims);
  loadings.topRows(kGenes - 1) = random_matrix(kGenes - 1, kGeneDims, 2);
  if (orthonormal) {
    const Eigen::MatrixXd q = Eigen::HouseholderQR<Eigen::MatrixXd>(loadings).householderQ();
    loadings = q.leftCols(kGeneDims);
    loadings.row(kGenes - 1).setZero();
  }
  model.gene_space.loadings = loadings.cast<float>();
  model.gene_space.mean = Vector<float>::LinSpaced(kGenes, 1, 3);
  for (Index g = 0; g < kGenes; ++g) model.gene_space.genes.push_back("G" + std::to_string(g));
  return model;
}

inline Matrix<float> gene_cells(Index count) { return random_matrix(count, kGeneDims, 3, 2.0).cast<float>(); }

}  // namespace cellmnn::testing
