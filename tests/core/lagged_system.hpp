/// Cells of a network whose effects are known: levels follow z <- s(B z + c), with noise.
#pragma once

#include <cmath>
#include <vector>

#include "cellmnn/gene_course.hpp"
#include "cellmnn/rng.hpp"

namespace cellmnn::testing {

struct LaggedSystem {
  Matrix<double> effects;  ///< (G, G) row = target, column = regulator
  Vector<double> offsets;  ///< (G)
};

/// Gene 0 is a stimulus, which activates gene 1; each gene activates the next, and the last represses gene 1.
/// All keep themselves up.
inline LaggedSystem chain_of_genes(Index genes) {
  LaggedSystem system{Matrix<double>::Zero(genes, genes), Vector<double>::Constant(genes, -4)};
  for (Index g = 1; g < genes; ++g) {
    system.effects(g, g) = 3;
    system.effects(g, g - 1) = 5;
  }
  system.effects(1, genes - 1) = -3;
  return system;
}

inline double logistic_of(double x) { return 1 / (1 + std::exp(-x)); }

/// A snapshot at each time of `cells` cells, which are different cells: genes are on or off, off at the first
/// time, and on at the next with probability s(B z + c). The stimulus is on from the second time.
inline GeneCourse simulated(const LaggedSystem& system, const std::vector<double>& times, Index cells) {
  const Index genes = system.offsets.size(), snapshots = static_cast<Index>(times.size());
  GeneCourse course{times, {0}, Matrix<double>::Zero(snapshots * cells, genes)};
  Rng rng(21);
  for (Index k = 0; k < snapshots; ++k) {
    course.starts.push_back((k + 1) * cells);
    for (Index i = 0; i < cells; ++i) {
      Vector<double> z = Vector<double>::Zero(genes);
      for (Index step = 0; step < k + 2; ++step) {
        if (step >= 2) z(0) = 1;
        const Vector<double> logit = system.effects * z + system.offsets;
        for (Index g = 1; g < genes; ++g) z(g) = rng.uniform() < logistic_of(logit(g)) ? 1 : 0;
      }
      course.levels.row(k * cells + i) = z.transpose();
    }
  }
  return course;
}

}  // namespace cellmnn::testing
