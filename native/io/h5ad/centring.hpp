/// Whether coordinates are principal components of some expression, and on which mean they are centred.
///
/// With loadings V, coordinates are x = V^T (e - m) for the mean m, so that V^T e - x = V^T m is the same for
/// all cells. Where it is not, x was computed from something else than e.
#pragma once

#include "cellmnn/types.hpp"

namespace cellmnn {

struct Centring {
  Vector<double> offset;  ///< (D) mean of V^T e - x
  double misfit = 0;      ///< spread of V^T e - x around it, in the spread of x; infinite where x has none
  double spread = 0;      ///< root mean square of x around its mean
};

/// `products` (N, D) are V^T e of the cells with coordinates (N, D), at least one.
Centring centring(const Matrix<double>& products, const Matrix<float>& coordinates);

/// The misfit up to which coordinates are taken to belong to expression; scanpy's own are at 1e-5.
inline constexpr double kLargestMisfit = 0.02;

/// The mean whose product with the loadings (G, D) is the offset and that is else `mean` (G), the mean of the
/// cells at hand: they may be some only of those on which the components were centred.
Vector<float> mean_with_offset(const Vector<double>& mean, const Matrix<float>& loadings,
                               const Vector<double>& offset);

/// How far V^T mean is from the offset, in the spread of the coordinates.
double offset_error(const Vector<double>& mean, const Matrix<float>& loadings, const Centring& centring);

}  // namespace cellmnn
