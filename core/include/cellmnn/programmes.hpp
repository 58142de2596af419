/// Eigen-programmes: the modes of a group's mean operator, read as lists of genes.
#pragma once

#include <complex>
#include <vector>

#include "cellmnn/time_course.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// Expression along `genes` grows at the real part of the rate; with an imaginary part it also turns, and a
/// quarter turn later the change lies along `genes_later`.
struct Programme {
  std::complex<double> rate;   ///< eigenvalue of B, per unit of the user's time; imaginary part >= 0
  Vector<double> genes;        ///< (G) V r of the eigenvector r, scaled to length 1; the largest is positive
  Vector<double> genes_later;  ///< (G) in the same scale; (0) of a mode that does not turn
};

/// The modes of a mean operator B (D, D) by descending real part; a conjugate pair is one mode.
std::vector<Programme> eigen_programmes(const GeneSpace& space, const Matrix<double>& b);

}  // namespace cellmnn
